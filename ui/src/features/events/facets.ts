import type { components } from '@/api/schema';
import { isCondition } from './events';

export type Field = components['schemas']['Field'];

/** Values of a facet. */
const VALUES = 8;
const FACETS = 6;
/** A field whose remembered values cover less of its events has too many to choose from. */
const COVERED = 0.6;
const HEADER = /^event\.meta\.headers\["[xX]-[^"]*[eE]vent"\]$/;

export interface Facet {
  readonly path: string;
  readonly values: readonly { readonly value: unknown; readonly count: number; readonly condition: string }[];
}

/** The fields by which one would divide the events: few values that cover most of them, the plainest path first. */
export function facetsOf(fields: readonly Field[]): readonly Facet[] {
  return fields
    .filter(
      (field) => (HEADER.test(field.path) || !field.path.startsWith('event.meta')) && field.share >= 0.2,
    )
    .filter((field) => field.counts.reduce((sum, count) => sum + count, 0) >= COVERED * field.seen)
    .map((field) => ({
      path: field.path,
      values: field.samples
        .map((value, i) => ({
          value,
          count: field.counts[i] ?? 0,
          condition: conditionFor(field.path, value),
        }))
        .filter((one) => one.condition !== '')
        .slice(0, VALUES),
    }))
    .filter((facet) => facet.values.length > 0)
    .sort((a, b) => depthOf(a.path) - depthOf(b.path) || b.values.length - a.values.length)
    .slice(0, FACETS);
}

function depthOf(path: string): number {
  return path.split(/[.[]/).length;
}

function conditionFor(path: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `${path} == ${value}`;
  if (typeof value !== 'string' || /["\\\u0000-\u001f]|\{\{/.test(value)) return '';
  return `${path} == "${value}"`;
}

/** The query without a condition that was a step into it. */
export function widened(query: string, condition: string): string | undefined {
  const rest = query.replace(` and ${condition}`, '').replace(`${condition} and `, '').replace(condition, '');
  return rest || undefined;
}

/** How a facet is called: the last of its path. */
export function nameOf(path: string): string {
  return /\["([^"]*)"\]$/.exec(path)?.[1] ?? path.slice(path.lastIndexOf('.') + 1);
}

/** The query with one condition more; a text gives way to it, for both cannot be asked at once. */
export function narrowed(query: string | undefined, condition: string): string {
  if (!query || !isCondition(query) || query.includes(condition)) return condition;
  return `${query} and ${condition}`;
}
