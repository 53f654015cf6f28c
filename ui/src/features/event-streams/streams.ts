import type { Tick } from '@/shared/live/channels';
import type { Activation } from '@/shared/queries';
import { textOf } from '@/shared/search';
import type { ListRequest, StreamKind } from './queries';

const SECONDS = 5;
const SORTS = ['name', 'type', 'events_received', 'last_event_at'] as const;
export const KINDS = ['alertmanager', 'github', 'generic'] as const satisfies readonly StreamKind[];

/** What the list shows, as the URL keeps it. */
export interface ListView {
  q?: string | undefined;
  kind?: StreamKind | undefined;
  sort: string;
}

export const NO_FILTERS = { q: undefined, kind: undefined } as const;

export function listOf(search: Readonly<Record<string, unknown>>): ListView {
  const sort = textOf(search['sort']);
  return {
    q: textOf(search['q']) || undefined,
    kind: KINDS.find((one) => one === search['kind']),
    sort: SORTS.some((one) => one === sort.replace(/^-/, '')) ? sort : 'name',
  };
}

export function isFiltered(view: ListView): boolean {
  return Boolean(view.q || view.kind);
}

/** What the server is asked for. */
export function requestOf(view: ListView): ListRequest {
  return {
    page_size: 50,
    sort: view.sort,
    ...(view.q && { name: view.q }),
    ...(view.kind && { type: view.kind }),
  };
}

/** Events a second that a stream got lately. */
export function rateOf(ticks: readonly Tick[], name: string): number {
  const recent = ticks.slice(-SECONDS);
  return recent.reduce((sum, tick) => sum + (tick.events[name] ?? 0), 0) / Math.max(1, recent.length);
}

export interface Listener {
  readonly activation: Activation;
  /** The source of its rulebook that is fed. */
  readonly source: string;
}

/** Activations that get a stream's events, and as which of their sources. */
export function listenersOf(activations: readonly Activation[], stream: number): readonly Listener[] {
  return activations.flatMap((activation) =>
    activation.source_mappings
      .filter((mapping) => mapping.event_stream_id === stream)
      .map((mapping) => ({ activation, source: mapping.source_name })),
  );
}

/** A condition that holds where a field has a value; empty where it cannot be written. */
export function conditionOf(path: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `${path} == ${value}`;
  if (typeof value !== 'string' || /["\\\u0000-\u001f]|\{\{/.test(value)) return '';
  return `${path} == "${value}"`;
}

/** A whole number that a person typed; `null` where nothing stands. */
export function numberOf(text: string): number | null {
  const digits = text.replace(/[\s,]/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : null;
}
