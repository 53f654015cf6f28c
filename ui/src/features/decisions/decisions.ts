import type { Decision, DecisionFilter } from '@/shared/queries';
import { pageOf, textOf } from '@/shared/search';

/** What the list shows, as the URL keeps it. */
export interface View {
  rule?: string | undefined;
  status?: string | undefined;
  activation?: string | undefined;
  event?: string | undefined;
  page?: number | undefined;
}

export const PAGE_SIZE = 50;

export function viewOf(search: Readonly<Record<string, unknown>>): View {
  return {
    rule: textOf(search['rule']) || undefined,
    status: textOf(search['status']) || undefined,
    activation: textOf(search['activation']) || undefined,
    event: textOf(search['event']) || undefined,
    page: pageOf(search['page']),
  };
}

export function requestOf(view: View): DecisionFilter {
  return {
    page: view.page ?? 1,
    page_size: PAGE_SIZE,
    ...(view.rule && { rule: view.rule }),
    ...(view.status && { status: view.status }),
    ...(view.activation && { activation_id: Number(view.activation) }),
    ...(view.event && { event_id: view.event }),
  };
}

export function isFiltered(view: View): boolean {
  return Boolean(view.rule || view.status || view.activation || view.event);
}

/** New decisions that the list does not show yet. A filtered or older page says nothing: the server decides there. */
export function countFresh(
  view: View,
  rows: readonly Decision[] | undefined,
  live: readonly Decision[],
): number {
  if (rows === undefined || isFiltered(view) || (view.page ?? 1) > 1) return 0;
  const known = new Set(rows.map((row) => row.id));
  const newest = rows[0] ? Date.parse(rows[0].committed_at) : 0;
  return live.filter((row) => !known.has(row.id) && Date.parse(row.committed_at) > newest).length;
}
