import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type EventStream = Schemas['EventStream'];
export type StreamRequests = Schemas['StreamRequests'];
export type Request = StreamRequests['requests'][number];
export type Field = Schemas['Field'];
export type Limits = Schemas['LimitsInput'];
export type NewStream = Schemas['EventStreamInput'];

const PATH = '/api/eda/v1/event-streams/';
const at = (id: number) => ({ params: { path: { id } } });

export type StreamKind = NonNullable<NewStream['event_stream_type']>;

export interface ListRequest {
  page_size: number;
  sort: string;
  name?: string;
  type?: StreamKind;
}

/** The list, page after page, in the order that was asked for. */
export function streamsQuery(request: ListRequest) {
  return infiniteQueryOptions({
    queryKey: ['event-streams', 'list', request],
    queryFn: ({ pageParam }) =>
      body(api.GET(PATH, { params: { query: { ...request, ...(pageParam && { after: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.after,
    placeholderData: keepPreviousData,
    // Counters are written now and then, not sent live.
    refetchInterval: 5_000,
  });
}

export function streamQuery(id: number) {
  return queryOptions({
    queryKey: ['event-streams', id],
    queryFn: () => body(api.GET('/api/eda/v1/event-streams/{id}/', at(id))),
    refetchInterval: 5_000,
  });
}

/** What is heard of a stream is not pushed: it is asked for while somebody looks. */
export function requestsQuery(id: number, every = 2_000) {
  return queryOptions({
    queryKey: ['event-streams', id, 'requests'],
    queryFn: () => body(api.GET('/api/eda/v1/event-streams/{id}/requests/', at(id))),
    refetchInterval: every,
  });
}

export function fieldsQuery(id: number) {
  return queryOptions({
    queryKey: ['event-streams', id, 'fields'],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/event-streams/{id}/fields/', {
          params: { path: { id }, query: { page_size: 200 } },
        }),
      ),
    refetchInterval: 5_000,
  });
}

export function historyQuery(id: number) {
  return queryOptions({
    queryKey: ['event-streams', id, 'history'],
    queryFn: () => body(api.GET('/api/eda/v1/event-streams/{id}/history/', at(id))),
    refetchInterval: 10_000,
  });
}

export const create = (stream: NewStream) => body(api.POST(PATH, { body: stream }));

export const change = (id: number, patch: Schemas['EventStreamPatch']) =>
  body(api.PATCH('/api/eda/v1/event-streams/{id}/', { ...at(id), body: patch }));

export const rotate = (id: number, grace: number) =>
  body(api.POST('/api/eda/v1/event-streams/{id}/rotate/', { ...at(id), body: { grace_seconds: grace } }));

export const remove = (id: number) => body(api.DELETE('/api/eda/v1/event-streams/{id}/', at(id)));
