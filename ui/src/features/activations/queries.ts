import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type { components } from '@/api/schema';
import type { ListRequest } from './activation';

export type Activation = components['schemas']['Activation'];
export type Memory = components['schemas']['SessionMemory'];
export type RulesetMemory = components['schemas']['SessionRuleset'];
export type LogLine = components['schemas']['LogLine'];
export type Swap = components['schemas']['VersionChange'];
export type RuleFate = components['schemas']['RuleChange'];
/** Out of trouble: `anew` forgets what is remembered and goes on behind what is in the inbox, `snapshot` keeps it. */
export type Way = 'anew' | 'snapshot';
export type Order = 'enable' | 'disable' | 'restart' | Way;

/** The list, page after page, in the order that was asked for. */
export function listQuery(request: ListRequest) {
  return infiniteQueryOptions({
    queryKey: ['activations', 'list', request],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/api/eda/v1/activations/', {
          params: { query: { ...request, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.after,
    placeholderData: keepPreviousData,
  });
}

export function activationQuery(id: number) {
  return queryOptions({
    queryKey: ['activations', 'one', id],
    queryFn: () => body(api.GET('/api/eda/v1/activations/{id}/', { params: { path: { id } } })),
  });
}

/** What its session remembers now. Asked again every few seconds while somebody looks. */
export function memoryQuery(id: number) {
  return queryOptions({
    queryKey: ['memory', id],
    queryFn: () => body(api.GET('/api/eda/v1/activations/{id}/session/', { params: { path: { id } } })),
    refetchInterval: 3_000,
  });
}

const LINES = 200;

/** The newest lines, then older ones; read again while somebody looks. */
export function linesQuery(id: number, level: string | undefined, search: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['lines', id, level, search],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/api/eda/v1/activations/{id}/log/', {
          params: {
            path: { id },
            query: {
              page_size: LINES,
              ...(level && { level }),
              ...(search && { text: search }),
              ...(pageParam && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: 2_000,
  });
}

/** Which version decided when, the newest first. */
export function versionsQuery(id: number) {
  return queryOptions({
    queryKey: ['activations', 'versions', id],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/activations/{id}/versions/', {
          params: { path: { id }, query: { page_size: 50 } },
        }),
      ),
  });
}

export function rulebookVersions(id: number) {
  return queryOptions({
    queryKey: ['activations', 'rulebook versions', id],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/rulebooks/{id}/versions/', {
          params: { path: { id }, query: { page_size: 50 } },
        }),
      ),
  });
}

/** Puts another version live, between two entries. */
export function putLive(id: number, number: number): Promise<unknown> {
  return body(
    api.POST('/api/eda/v1/activations/{id}/version/', { params: { path: { id } }, body: { number } }),
  );
}

/** Turns an activation on or off, or does both. */
export function give(order: Order, id: number): Promise<unknown> {
  const params = { params: { path: { id } } };
  switch (order) {
    case 'enable':
      return body(api.POST('/api/eda/v1/activations/{id}/enable/', params));
    case 'disable':
      return body(api.POST('/api/eda/v1/activations/{id}/disable/', params));
    case 'restart':
      return body(api.POST('/api/eda/v1/activations/{id}/restart/', { ...params, body: {} }));
    case 'anew':
      return body(api.POST('/api/eda/v1/activations/{id}/restart/', { ...params, body: { from: 'now' } }));
    case 'snapshot':
      return body(
        api.POST('/api/eda/v1/activations/{id}/restart/', { ...params, body: { from: 'snapshot' } }),
      );
  }
}
