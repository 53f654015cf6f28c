import { isRecord } from '@/api/problem';
import { text } from '@/shared/text/en';
import type { Rehearsal } from './queries';

const words = text.rulebooks.test;
export const MOST_BYTES = 1_000_000;
const MOST_DEPTH = 150;

export type Pasted =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'event'; readonly event: Readonly<Record<string, unknown>>; readonly isBody: boolean }
  | { readonly kind: 'wrong'; readonly message: string };

/**
 * Reads an event that a person pasted. What a sender posts is the payload of an event; what has `payload` or `meta` at its top
 * is a whole one already, unless the person says otherwise.
 */
export function readPasted(pasted: string, asBody: boolean | undefined): Pasted {
  if (!pasted.trim()) return { kind: 'nothing' };
  if (pasted.length > MOST_BYTES) return { kind: 'wrong', message: words.tooLarge };
  let value: unknown;
  try {
    value = JSON.parse(pasted);
  } catch (problem) {
    return { kind: 'wrong', message: mistakeOf(pasted, problem as Error) };
  }
  if (!isRecord(value)) return { kind: 'wrong', message: words.noObject };
  if (isDeep(value)) return { kind: 'wrong', message: words.tooDeep };
  const isBody = asBody ?? !('payload' in value || 'meta' in value);
  return { kind: 'event', event: isBody ? { payload: value } : value, isBody };
}

/** Browsers name the place by offset, or by line and column. */
export function mistakeOf(pasted: string, problem: Error): string {
  const message = problem.message.replace(/^JSON\.parse: /, '').replace(/ (?:in JSON )?at .*$/s, '');
  const named = /line (\d+) column (\d+)/.exec(problem.message);
  if (named) return words.wrongAt(Number(named[1]), Number(named[2]), message);
  const offset = Number(/position (\d+)/.exec(problem.message)?.[1] ?? pasted.length);
  const before = pasted.slice(0, offset).split('\n');
  return words.wrongAt(before.length, (before.at(-1)?.length ?? 0) + 1, message);
}

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** How many of the events at least one rule matched. */
export function matchedCount(rehearsal: Rehearsal): number {
  return rehearsal.events.filter((event) => event.decisions.length > 0).length;
}

/** Names of the rules that decided, each once. */
export function deciding(event: Rehearsal['events'][number]): readonly string[] {
  return [...new Set(event.decisions.map((decision) => decision.rule))];
}
