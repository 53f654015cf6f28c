import {
  autocompletion,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension, Text } from '@codemirror/state';
import { hoverTooltip, type EditorView } from '@codemirror/view';
import {
  completeCondition,
  completeField,
  isCondition,
  isFieldPath,
  openTemplate,
  type Options,
} from './condition';
import type { FieldNode } from './fields';
import { partsOf, type Lines } from './lines';
import { placeAt, valueAt } from './place';
import type { SchemaIndex, Suggestion } from './schema';

/** What completion and help draw on; it may still be on its way. */
export interface Knowledge {
  readonly schema: SchemaIndex | undefined;
  readonly events: FieldNode;
}

const TYPES = {
  field: 'variable',
  group: 'namespace',
  operator: 'keyword',
  value: 'constant',
  word: 'keyword',
} as const;
/** Lines in which other conditions of the same rule are looked for. */
const RULE_LINES = 60;

export function linesIn(doc: Text): Lines {
  return { count: doc.lines, at: (line) => (line >= 0 && line < doc.lines ? doc.line(line + 1).text : '') };
}

/** Completion of keys, values, fields and operators, and help under the pointer. */
export function assist(knows: () => Knowledge): Extension {
  return [
    autocompletion({
      override: [(context) => complete(context, knows())],
      icons: true,
      maxRenderedOptions: 200,
    }),
    hoverTooltip((view, at) => help(view, at, knows())),
  ];
}

function complete(context: CompletionContext, knowledge: Knowledge): CompletionResult | null {
  const { doc } = context.state;
  const line = doc.lineAt(context.pos);
  const column = context.pos - line.from;
  const lines = linesIn(doc);
  const options = ofEvents(lines, line.number - 1, column, knowledge.events);
  if (options) return asResult(options, context);
  const place = placeAt(lines, line.number - 1, column);
  if (!place || !knowledge.schema) return null;
  if (!context.explicit && place.kind === 'key' && place.prefix === '') return null;
  const suggestions = knowledge.schema.suggest(place);
  if (suggestions.length === 0) return null;
  return {
    from: line.from + place.column,
    validFor: /^[\w.\- ]*$/,
    options: suggestions.map(asCompletion),
  };
}

function ofEvents(lines: Lines, line: number, column: number, events: FieldNode): Options | undefined {
  const value = valueAt(lines, line, column);
  if (!value) return undefined;
  const bindings = () => bindingsAround(lines, line);
  if (isCondition(value.path)) return completeCondition(value.before, events, bindings());
  if (isFieldPath(value.path)) return completeField(value.before, events);
  const template = openTemplate(value.before);
  return template === undefined ? undefined : completeField(template, events, bindings());
}

/** Names that the conditions of the same rule give to their events. */
export function bindingsAround(lines: Lines, line: number): readonly string[] {
  const names = new Set<string>();
  const collect = (step: number) => {
    for (let n = line; n >= 0 && n < lines.count && Math.abs(n - line) < RULE_LINES; n += step) {
      const text = lines.at(n);
      const name = /(?:^|[\s"'-])(?:events?|facts?)\.(\w+)\s*<</.exec(text)?.[1];
      if (name !== undefined) names.add(name);
      if (n !== line && /^\s*- name:/.test(text)) return;
    }
  };
  collect(-1);
  collect(1);
  return [...names];
}

function asResult(found: Options, context: CompletionContext): CompletionResult | null {
  if (found.options.length === 0 || (!context.explicit && found.typed === 0 && !opensFields(context)))
    return null;
  return {
    from: context.pos - found.typed,
    validFor: /^\w*$/,
    options: found.options.map((one) => ({
      label: one.label,
      detail: one.detail,
      type: TYPES[one.kind],
      apply: one.insert,
      boost: Math.round((one.share ?? 0) * 50),
    })),
  };
}

/** After a dot fields are shown by themselves; after a comparison the values that were seen. */
function opensFields(context: CompletionContext): boolean {
  return context.matchBefore(/[.]|[=<>] ?"?/) !== null;
}

function asCompletion(one: Suggestion): Completion {
  return {
    label: one.label,
    detail: one.required ? `${one.detail} · required` : one.detail,
    ...(one.info !== undefined && { info: one.info }),
    type: one.kind === 'value' ? 'constant' : 'property',
    boost: one.required ? 10 : 0,
    apply: (view, _, from, to) => insert(view, one, from, to),
  };
}

/** A key is typed with its colon and the indentation of what belongs to it, and what that may be is shown. */
function insert(view: EditorView, one: Suggestion, from: number, to: number): void {
  view.dispatch({
    changes: { from, to, insert: one.insert },
    selection: { anchor: from + one.insert.length },
    userEvent: 'input.complete',
  });
  if (one.kind === 'key') setTimeout(() => startCompletion(view), 0);
}

function help(view: EditorView, at: number, { schema }: Knowledge) {
  const line = view.state.doc.lineAt(at);
  const key = partsOf(line.text).marks.find((mark) => mark.kind === 'key');
  if (key?.kind !== 'key' || !schema) return null;
  const from = line.from + key.column;
  const to = from + key.key.length;
  if (at < from || at > to) return null;
  const place = placeAt(linesIn(view.state.doc), line.number - 1, key.column);
  const found = place && schema.describe([...place.path, key.key]);
  if (!found) return null;
  return {
    pos: from,
    end: to,
    above: true,
    create: () => ({ dom: helpOf(key.key, found.type, found.info) }),
  };
}

function helpOf(key: string, type: string, info: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-help';
  const name = document.createElement('b');
  name.textContent = key;
  const kind = document.createElement('i');
  kind.textContent = type;
  const text = document.createElement('div');
  text.textContent = info;
  box.append(name, kind, text);
  return box;
}
