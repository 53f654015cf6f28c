/** A text by its lines, without copying it: an editor hands out single lines cheaply, whole texts dearly. */
export interface Lines {
  readonly count: number;
  /** From 0. */
  at(line: number): string;
}

export function linesOf(text: string): Lines {
  const lines = text.split('\n');
  return { count: lines.length, at: (line) => lines[line] ?? '' };
}

/** A list's dash, or a key with what follows it on its line. */
export type Mark =
  | { readonly kind: 'dash'; readonly column: number }
  | { readonly kind: 'key'; readonly column: number; readonly key: string; readonly rest: string };

export interface LineParts {
  readonly marks: readonly Mark[];
  /** Where the content after indentation and dashes begins. */
  readonly column: number;
  readonly content: string;
}

const KEY =
  /^("[^"]*"|'[^']*'|[^\s#'"{[\]}&*!|>%@`-][^#]{0,254}?|-[^\s][^#]{0,254}?)[ \t]{0,20}:(?:[ \t]+|$)/;

/** `  - - key: value` is a dash at 2, a dash at 4 and a key at 6. */
export function partsOf(line: string): LineParts {
  let column = /^ */.exec(line)?.[0].length ?? 0;
  const marks: Mark[] = [];
  for (let dash; (dash = /^-( +|$)/.exec(line.slice(column, column + 200)));) {
    marks.push({ kind: 'dash', column });
    column += dash[0].length;
  }
  const content = line.slice(column);
  const key = KEY.exec(content.slice(0, 600));
  if (key?.[1] !== undefined) {
    marks.push({ kind: 'key', column, key: unquoted(key[1]), rest: content.slice(key[0].length) });
  }
  return { marks, column, content };
}

export function isEmpty(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

function unquoted(key: string): string {
  return key.replace(/^['"]|['"]$/g, '');
}
