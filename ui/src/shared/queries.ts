import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type Activation = Schemas['Activation'];
export type Decision = Schemas['DecisionRow'];
export type Task = Schemas['Task'];

/** One page of a list. */
export interface Page<T> {
  readonly count: number;
  readonly results: readonly T[];
}

/** What more than one feature reads. Keys begin with the noun that live updates name. */
export function activationsQuery() {
  return queryOptions({
    queryKey: ['activations', 'all'],
    queryFn: () => body(api.GET('/api/eda/v1/activations/', { params: { query: { page_size: 100 } } })),
  });
}

export function deadLettersQuery() {
  return queryOptions({
    queryKey: ['tasks', 'dead_letter'],
    queryFn: () =>
      body(api.GET('/api/eda/v1/tasks/', { params: { query: { state: 'dead_letter', page_size: 5 } } })),
  });
}

/** Actions that a person has to decide about. */
export function deadLetterCount() {
  return {
    queryKey: ['tasks', 'dead_letter', 'count'],
    queryFn: async () => (await body(api.GET('/api/eda/v1/status/'))).open_tasks['dead_letter'] ?? 0,
  };
}

export interface DecisionFilter {
  page_size: number;
  sort?: string;
  rule_part?: string;
  rulebook?: string;
  version?: number;
  action?: string;
  status?: string;
  activation_id?: number;
  event_id?: string;
  since?: string;
}

/** The first decisions that pass a filter. */
export function decisionsQuery(filter: DecisionFilter) {
  return queryOptions({
    queryKey: ['decisions', 'first', filter],
    queryFn: () => body(api.GET('/api/eda/v1/decisions/', { params: { query: filter } })),
    placeholderData: keepPreviousData,
  });
}

export function eventQuery(id: string) {
  return queryOptions({
    queryKey: ['events', id],
    queryFn: () => body(api.GET('/api/eda/v1/events/{event_id}/', { params: { path: { event_id: id } } })),
    staleTime: 30_000,
  });
}

export function statusQuery() {
  return queryOptions({
    queryKey: ['status'],
    queryFn: () => body(api.GET('/api/eda/v1/status/')),
    staleTime: 60_000,
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
