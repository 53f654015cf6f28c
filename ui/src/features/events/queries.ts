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
export function fieldsQuery(stream: number) {
  return queryOptions({
    queryKey: ['event-streams', stream, 'fields'],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/event-streams/{id}/fields/', {
          params: { path: { id: stream }, query: { page_size: 200 } },
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

/** Everything that has brought events: event streams, and sources that activations run themselves. */
export function recordedStreamsQuery() {
  return queryOptions({
    queryKey: ['recorded-streams'],
    queryFn: () => body(api.GET('/api/eda/v1/recorded-streams/', { params: { query: { page_size: 200 } } })),
    staleTime: 10_000,
  });
}
