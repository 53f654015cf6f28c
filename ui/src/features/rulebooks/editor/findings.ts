import type { components } from '@/api/schema';
import { nearestPath, type FieldNode } from './fields';
import { isEmpty, type Lines } from './lines';

export type ServerFinding = components['schemas']['RulebookFinding'];

/** A part of the text, in characters of the editor from the beginning of a line, both from 0. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'note';
  readonly line: number;
  readonly from: number;
  readonly endLine: number;
  readonly to: number;
  readonly message: string;
  /** What to put there instead. */
  readonly fix?: string;
  /** A key that is missing: the fix is put before what stands there, and replaces nothing. */
  readonly adds?: string;
}

/** What a missing key begins with. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  name: ['name: new'],
  hosts: ['hosts: all'],
  sources: ['sources:', '  - name: events', '    ansible.eda.webhook:', '      port: 5000'],
  rules: ['rules: []'],
  condition: ['condition: event.payload is defined'],
  action: ['action:', '  debug:'],
  actions: ['actions:', '  - debug:'],
};

/** The server says of a mapping which key it needs, and where the mapping begins. */
const MISSING = /needs "([a-z_]+)"$/;

function missing(
  finding: ServerFinding,
  line: string,
  from: number,
): Pick<Problem, 'fix' | 'adds'> | undefined {
  const key = MISSING.exec(finding.message)?.[1];
  const lines = key === undefined ? undefined : BEGINNINGS[key];
  // A mapping in braces, or one that is not there at all, has no line to be put before.
  if (key === undefined || !lines || !/[\w"']/.test(line.charAt(from))) return undefined;
  const indent = ' '.repeat(from);
  return { adds: key, fix: [...lines, ''].join(`\n${indent}`) };
}

/** The server counts from 1, and code points; the editor from 0, and UTF-16 units. */
export function problemOf(finding: ServerFinding, lines: Lines): Problem {
  const line = clamp(finding.line - 1, lines);
  const endLine = clamp(finding.end_line - 1, lines);
  const from = unitsOf(lines.at(line), finding.column - 1);
  const to = unitsOf(lines.at(endLine), finding.end_column - 1);
  const fix = finding.nearest ?? undefined;
  return {
    severity: finding.severity === 'error' || finding.severity === 'warning' ? finding.severity : 'note',
    line,
    from,
    endLine,
    to,
    message: sentence(finding.message),
    ...(fix !== undefined ? { fix } : missing(finding, lines.at(line), from)),
  };
}

/** Where the fix of a problem goes: instead of what is wrong, or before it. */
export function rangeOf(problem: Problem): Pick<Problem, 'line' | 'from' | 'endLine' | 'to'> {
  const { line, from, endLine, to } = problem;
  return problem.adds === undefined ? { line, from, endLine, to } : { line, from, endLine: line, to: from };
}

function clamp(line: number, lines: Lines): number {
  return Math.max(0, Math.min(lines.count - 1, line));
}

function unitsOf(line: string, points: number): number {
  if (points >= line.length) return line.length;
  let units = 0;
  for (let i = 0; i < points && units < line.length; i++)
    units += (line.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units;
}

function sentence(message: string): string {
  const begun = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}

const EVENT_PATH = /(?<![\w.])event((?:\.[A-Za-z_]\w*)+)/g;
/** Lines looked at: a rulebook of a megabyte is not searched at every key. */
const MOST_LINES = 5_000;

/** Paths in conditions that no recorded event has, while one nearly of that name is there. */
export function unknownFields(
  lines: Lines,
  events: FieldNode,
  say: (path: string, right: string) => string,
): readonly Problem[] {
  if (events.children.size === 0) return [];
  const problems: Problem[] = [];
  for (let line = 0; line < Math.min(lines.count, MOST_LINES); line++) {
    const text = lines.at(line);
    if (isEmpty(text) || !text.includes('event.')) continue;
    for (const found of text.matchAll(EVENT_PATH)) {
      const right = nearestPath(events, found[0]);
      if (right === undefined) continue;
      const from = found.index;
      const to = from + found[0].length;
      problems.push({
        severity: 'warning',
        line,
        from,
        endLine: line,
        to,
        message: say(found[0], right),
        fix: right,
      });
    }
  }
  return problems;
}
