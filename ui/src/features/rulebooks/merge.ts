import { diff } from '@codemirror/merge';

/** Lines of the base that were replaced, and by which. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

const DIFF = { scanLimit: 2_000, timeout: 500 };
/** Each line that differs from others stands for one character; there are no more of them. */
const MOST_LINES = 50_000;
const FIRST = 0x100;

/**
 * The text with the changes of both sides; `undefined` when both have changed the same lines, or lines that touch: then a
 * person has to choose.
 */
export function mergeBoth(base: string, mine: string, theirs: string): string | undefined {
  const lines = base.split('\n');
  const letters = new Map<string, string>();
  const written = (text: readonly string[]) =>
    text
      .map((line) => {
        const letter = letters.get(line) ?? String.fromCharCode(FIRST + letters.size);
        letters.set(line, letter);
        return letter;
      })
      .join('');
  const before = written(lines);
  const editsOf = (text: string): Edit[] => {
    const changed = text.split('\n');
    return diff(before, written(changed), DIFF).map(({ fromA, toA, fromB, toB }) => ({
      from: fromA,
      to: toA,
      lines: changed.slice(fromB, toB),
    }));
  };
  const edits = [...editsOf(mine), ...editsOf(theirs)].sort((a, b) => a.from - b.from || a.to - b.to);
  return letters.size > MOST_LINES ? undefined : applied(lines, edits);
}

function applied(base: readonly string[], edits: readonly Edit[]): string | undefined {
  const merged: string[] = [];
  let at = 0;
  let last: Edit | undefined;
  for (const edit of edits) {
    if (last && isSame(edit, last)) continue;
    if (last && edit.from <= last.to) return undefined;
    merged.push(...base.slice(at, edit.from), ...edit.lines);
    at = edit.to;
    last = edit;
  }
  return [...merged, ...base.slice(at)].join('\n');
}

function isSame(one: Edit, other: Edit): boolean {
  return one.from === other.from && one.to === other.to && one.lines.join('\n') === other.lines.join('\n');
}
