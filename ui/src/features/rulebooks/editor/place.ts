import { isEmpty, partsOf, type Lines, type LineParts } from './lines';

/** A key, or −1 for an item of a list. */
export type Step = string | -1;

/** Where the cursor is in a rulebook that is being typed, and so is often not YAML at all. */
export interface Place {
  /** Of the mapping, list or value around the cursor. */
  readonly path: readonly Step[];
  readonly kind: 'key' | 'value';
  /** Whose value is being typed. */
  readonly key?: string;
  /** What is typed already of the key or value. */
  readonly prefix: string;
  /** Column at which that begins. */
  readonly column: number;
  /** Keys that the mapping around the cursor has already, above and below. */
  readonly siblings: ReadonlySet<string>;
  /** Whether a dash stands before it on its line. */
  readonly inItem: boolean;
}

/** Finds the place by indentation alone. `undefined` in comments, in blocks of text and in the middle of a value. */
export function placeAt(lines: Lines, line: number, column: number): Place | undefined {
  const before = lines.at(line).slice(0, column);
  if (/(^|\s)#/.test(before)) return undefined;
  const parts = partsOf(before);
  const own = parts.marks.at(-1);
  const key = own?.kind === 'key' ? own : undefined;
  if (!key && /\S\s/.test(parts.content)) return undefined;
  const around = surroundings(lines, line, parts);
  if (around.inText) return undefined;
  const siblings = new Set([...around.siblings, ...keysBelow(lines, line, parts.column)]);
  const prefix = key ? key.rest : parts.content;
  return {
    path: around.path,
    kind: key ? 'value' : 'key',
    ...(key && { key: key.key }),
    prefix,
    column: column - prefix.length,
    siblings,
    inItem: parts.marks.some((mark) => mark.kind === 'dash'),
  };
}

/** A value as far as it is typed, wherever the cursor is in it. */
export interface TypedValue {
  /** With the value's own key, or −1 for an item. */
  readonly path: readonly Step[];
  readonly before: string;
}

/** The value around the cursor, also in its middle and on its further lines. */
export function valueAt(lines: Lines, line: number, column: number): TypedValue | undefined {
  const parts = partsOf(lines.at(line).slice(0, column));
  const own = parts.marks.at(-1);
  const { path } = surroundings(lines, line, parts);
  if (own?.kind === 'key') return { path: [...path, own.key], before: own.rest };
  if (own?.kind === 'dash' || path.length > 0) return { path, before: parts.content };
  return undefined;
}

interface Surroundings {
  path: Step[];
  siblings: Set<string>;
  /** Inside a block that began with `|` or `>`. */
  inText: boolean;
}

/** Walks up: what is indented less is around, what is indented as much is beside. */
function surroundings(lines: Lines, line: number, parts: LineParts): Surroundings {
  const path: Step[] = [];
  const siblings = new Set<string>();
  let column = parts.column;
  let atDash = false;
  for (const mark of [...parts.marks].reverse()) {
    if (mark.kind !== 'dash') continue;
    path.unshift(-1);
    column = mark.column;
    atDash = true;
  }
  let beside = !atDash;
  for (let n = line - 1; n >= 0 && column > 0; n--) {
    const text = lines.at(n);
    if (isEmpty(text)) continue;
    const above = partsOf(text);
    const bare = above.marks.at(-1)?.kind !== 'key' && !above.content;
    for (const mark of [...above.marks].reverse()) {
      if (mark.kind === 'key') {
        const around = atDash ? mark.column <= column : mark.column < column;
        if (around) {
          if (!atDash && /^[|>]/.test(mark.rest))
            return { path: [...pathTo(lines, n, mark.key)], siblings, inText: true };
          path.unshift(mark.key);
          column = mark.column;
          atDash = false;
          beside = false;
        } else if (beside && mark.column === column) {
          siblings.add(mark.key);
        }
      } else if (mark.column < column && (atDash || above.column === column || bare)) {
        path.unshift(-1);
        column = mark.column;
        atDash = true;
        beside = false;
      }
    }
  }
  return { path, siblings, inText: false };
}

function pathTo(lines: Lines, line: number, key: string): readonly Step[] {
  const parts = partsOf(lines.at(line));
  return [...surroundings(lines, line, parts).path, key];
}

function keysBelow(lines: Lines, line: number, column: number): string[] {
  const keys: string[] = [];
  for (let n = line + 1; n < lines.count; n++) {
    const text = lines.at(n);
    if (isEmpty(text)) continue;
    const first = partsOf(text).marks[0];
    if (!first || first.column < column || (first.kind === 'dash' && first.column <= column)) break;
    if (first.kind === 'key' && first.column === column) keys.push(first.key);
  }
  return keys;
}
