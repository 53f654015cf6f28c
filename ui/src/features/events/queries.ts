import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type { Request } from './events';

/** A search through history, part after part. */
export function searchQuery(request: Request) {
  return infiniteQueryOptions({
    queryKey: ['events', 'search', request],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/api/eda/v1/events/', {
          params: { query: { ...request, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** What was there before the tape began to run. */
export function storedQuery(streams: string | undefined) {
  return queryOptions({
    queryKey: ['stored-events', streams],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/events/', {
          params: { query: { page_size: 200, ...(streams && { event_stream_id: streams }) } },
        }),
      ),
    staleTime: 30_000,
  });
}

/** Which fields occur in a stream's events. */
export function fieldsQuery(stream: string) {
  return queryOptions({
    queryKey: ['recorded-streams', stream, 'fields'],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/recorded-streams/{key}/fields/', {
          params: { path: { key: stream }, query: { page_size: 200 } },
        }),
      ),
    staleTime: 10_000,
  });
}

/** Types and severities of the events of these streams, or of all. */
export function kindsQuery(streams: string | undefined) {
  return queryOptions({
    queryKey: ['event-kinds', streams],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/recorded-streams/facets/', {
          params: { query: streams ? { event_stream_id: streams } : {} },
        }),
      ),
    staleTime: 10_000,
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
}

/** Where its sender sends to, and how it proves itself. */
export function streamQuery(id: number) {
  return queryOptions({
    queryKey: ['event-streams', id],
    queryFn: () => body(api.GET('/api/eda/v1/event-streams/{id}/', { params: { path: { id } } })),
    staleTime: 10_000,
  });
}

/** Through its stream once more; answers the id of the new event. */
export function sendAgain(id: string) {
  return body(api.POST('/api/eda/v1/events/{event_id}/send-again/', { params: { path: { event_id: id } } }));
}
