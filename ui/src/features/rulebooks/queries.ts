import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type { components } from '@/api/schema';
import type { ServerDraft } from './draft';
import { treeOf } from './editor/fields';
import { SchemaIndex, type Schema } from './editor/schema';

type Schemas = components['schemas'];
export type Summary = Schemas['RulebookSummary'];
export type Rulebook = Schemas['Rulebook'];
export type Rehearsal = Schemas['Rehearsal'];
export type Activation = Schemas['Activation'];

const HOUR_MILLIS = 3_600_000;
/** Fields of so many streams are enough to complete from. */
const MOST_STREAMS = 8;

const PAGE_SIZE = 50;

/** The list, page after page, in the order that was asked for. */
export function summariesQuery(name: string, sort: string) {
  return infiniteQueryOptions({
    queryKey: ['rulebooks', 'summaries', name, sort],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/api/eda/v1/rulebooks/summaries/', {
          params: {
            query: {
              page_size: PAGE_SIZE,
              sort,
              ...(name && { name }),
              ...(pageParam && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.after,
    placeholderData: keepPreviousData,
  });
}

export function rulebookQuery(id: number) {
  return queryOptions({
    queryKey: ['rulebooks', 'one', id],
    queryFn: () => body(api.GET('/api/eda/v1/rulebooks/{id}/', { params: { path: { id } } })),
    refetchInterval: 30_000,
  });
}

export async function readDraft(id: number): Promise<ServerDraft | undefined> {
  const draft = await body(api.GET('/api/eda/v1/rulebooks/{id}/draft/', { params: { path: { id } } }));
  return draft.exists
    ? { text: draft.rulesets, baseVersion: draft.base_version, revision: draft.revision ?? 0 }
    : undefined;
}

/** Read once for each time a rulebook is opened: from then on the page knows it better than any cache. */
export function draftQuery(id: number) {
  return queryOptions({
    queryKey: ['drafts', id],
    queryFn: async () => ({ draft: await readDraft(id) }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function saveDraft(id: number, text: string, baseVersion: number, revision: number) {
  return body(
    api.PUT('/api/eda/v1/rulebooks/{id}/draft/', {
      params: { path: { id } },
      body: { rulesets: text, base_version: baseVersion, ...(revision > 0 && { revision }) },
    }),
  );
}

export function deleteDraft(id: number, revision: number) {
  return body(
    api.DELETE('/api/eda/v1/rulebooks/{id}/draft/', { params: { path: { id }, query: { revision } } }),
  );
}

export const schemaQuery = queryOptions({
  queryKey: ['schemas', 'rulebook'],
  queryFn: async () => new SchemaIndex((await body(api.GET('/api/eda/v1/schemas/rulebook/'))) as Schema),
  staleTime: HOUR_MILLIS,
});

export function validate(text: string, signal: AbortSignal) {
  return body(api.POST('/api/eda/v1/rulebooks/validate/', { body: { rulesets: text }, signal }));
}

export interface RehearsalRequest {
  readonly rulesets: string;
  readonly variables?: string;
  readonly event_ids?: string[];
  readonly events?: unknown[];
}

export function rehearse(request: RehearsalRequest): Promise<Rehearsal> {
  return body(api.POST('/api/eda/v1/rulebooks/test/', { body: request }));
}

export const streamsQuery = queryOptions({
  queryKey: ['event-streams', 'all'],
  queryFn: () => body(api.GET('/api/eda/v1/event-streams/', { params: { query: { page_size: 100 } } })),
});

/** Fields of all events that these streams got. */
export function fieldsQuery(streams: readonly string[]) {
  const asked = streams.slice(0, MOST_STREAMS);
  return queryOptions({
    queryKey: ['event-streams', 'fields', asked],
    queryFn: async () => {
      const pages = await Promise.all(asked.map(fieldsOf));
      return treeOf(pages.flat());
    },
    staleTime: 60_000,
  });
}

async function fieldsOf(key: string) {
  const page = await body(
    api.GET('/api/eda/v1/recorded-streams/{key}/fields/', {
      params: { path: { key }, query: { page_size: 200 } },
    }),
  );
  return page.results;
}

export function recentEventsQuery(stream: string) {
  return queryOptions({
    queryKey: ['events', 'to-test', stream],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/events/', {
          params: { query: { page_size: 20, ...(stream && { event_stream_id: stream }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export function createRulebook(name: string, text: string): Promise<Rulebook> {
  return body(api.POST('/api/eda/v1/rulebooks/', { body: { name, rulesets: text } }));
}

export function matchesQuery(id: number) {
  return queryOptions({
    queryKey: ['rulebooks', 'matches', id],
    queryFn: () => body(api.GET('/api/eda/v1/rulebooks/{id}/matches/', { params: { path: { id } } })),
    // From then on the socket counts; the hour moves on.
    refetchInterval: 120_000,
  });
}

export function versionsQuery(id: number) {
  return queryOptions({
    queryKey: ['rulebooks', 'versions', id],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/rulebooks/{id}/versions/', {
          params: { path: { id }, query: { page_size: 100 } },
        }),
      ),
    refetchInterval: 15_000,
  });
}

export async function versionText(id: number, number: number): Promise<string> {
  const path = { id, number };
  return (await body(api.GET('/api/eda/v1/rulebooks/{id}/versions/{number}/', { params: { path } })))
    .rulesets;
}

export interface Publication {
  readonly text: string;
  readonly message: string;
  readonly base: number;
  readonly activations: number[];
}

export function publish(id: number, { text, message, base, activations }: Publication) {
  return body(
    api.POST('/api/eda/v1/rulebooks/{id}/publish/', {
      params: { path: { id } },
      body: { rulesets: text, base_version: base, activations, ...(message && { message }) },
    }),
  );
}

export function putVersion(activation: number, number: number) {
  return body(
    api.POST('/api/eda/v1/activations/{id}/version/', {
      params: { path: { id: activation } },
      body: { number },
    }),
  );
}

export type ActivationRequest = components['schemas']['ActivationInput'];

export function startActivation(request: ActivationRequest): Promise<Activation> {
  return body(api.POST('/api/eda/v1/activations/', { body: request }));
}

/** Which version decided when in an activation, the newest first. */
export function changesQuery(activation: number) {
  return queryOptions({
    queryKey: ['activations', 'changes', activation],
    queryFn: () =>
      body(
        api.GET('/api/eda/v1/activations/{id}/versions/', {
          params: { path: { id: activation }, query: { page_size: 1 } },
        }),
      ),
    refetchInterval: (query) => (query.state.data?.results[0]?.state === 'waiting' ? 1_000 : 15_000),
  });
}
