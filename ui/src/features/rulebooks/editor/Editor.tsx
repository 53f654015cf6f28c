import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react';
import { text } from '@/shared/text/en';
import { assist, type Knowledge } from './assist';
import { rangeOf, type Problem } from './findings';
import { hitsField, showHits, type Hit } from './hits';
import { look, nonce } from './look';

const words = text.rulebooks.editor;

/** What the page around the editor may ask of it. */
export interface EditorHandle {
  goTo(offset: number): void;
  goToLine(line: number, column: number): void;
  /** Puts the suggested text in the place of the wrong one. */
  mend(problem: Problem): void;
  /** Replaces everything, in one step that can be undone. */
  replace(text: string): void;
  focus(): void;
}

interface Props {
  /** What it begins with; from then on the editor owns the text. */
  initial: string;
  readOnly: boolean;
  knowledge: Knowledge;
  problems: readonly Problem[];
  hits: readonly Hit[];
  onChange(text: string): void;
  onCursor(offset: number): void;
  onTest(): void;
  onSave(): void;
  handle: Ref<EditorHandle>;
}

/** The rulebook's text, with all that helps to write it. */
export default function Editor(props: Props) {
  const { initial, readOnly, knowledge, problems, hits, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const known = useRef(knowledge);
  const onChange = useEffectEvent((value: string) => props.onChange(value));
  const onCursor = useEffectEvent((offset: number) => props.onCursor(offset));
  const onTest = useEffectEvent(() => props.onTest());
  const onSave = useEffectEvent(() => props.onSave());
  // Outside system: the editor, which keeps its own state from here on.
  useEffect(() => {
    const commands = keymap.of([
      { key: 'Mod-s', run: () => (onSave(), true), preventDefault: true },
      { key: 'Mod-Enter', run: () => (onTest(), true) },
    ]);
    const listener = EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
      if (update.selectionSet || update.docChanged) onCursor(update.state.selection.main.head);
    });
    const made = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({
        doc: initial,
        extensions: [
          EditorView.cspNonce.of(nonce()),
          commands,
          ...basics(readOnly),
          assist(() => known.current),
          hitsField,
          listener,
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
    // The editor is made once: its first text is only where it begins.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [readOnly]);
  // Outside system: the editor.
  useEffect(() => {
    known.current = knowledge;
  }, [knowledge]);
  // Outside system: the editor.
  useEffect(() => {
    const shown = view.current;
    if (shown) shown.dispatch(setDiagnostics(shown.state, diagnosticsOf(problems, shown.state.doc)));
  }, [problems, readOnly]);
  // Outside system: the editor.
  useEffect(() => {
    if (view.current) showHits(view.current, hits);
  }, [hits, readOnly]);
  useImperativeHandle(handle, () => handleOf(view), []);
  return <div ref={host} style={{ height: '100%', minHeight: 0 }} />;
}

function basics(readOnly: boolean) {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': words.label, spellcheck: 'false' }),
    lineNumbers(),
    foldGutter(),
    highlightActiveLineGutter(),
    lintGutter(),
    history(),
    // A cursor that blinks is an animation without end.
    drawSelection({ cursorBlinkRate: 0 }),
    highlightSpecialChars(),
    indentOnInput(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    yaml(),
    look,
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ];
}

function handleOf(view: { readonly current: EditorView | null }): EditorHandle {
  const show = (editor: EditorView, at: number) => {
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    editor.focus();
  };
  return {
    goTo: (offset) => {
      const editor = view.current;
      if (editor) show(editor, Math.min(offset, editor.state.doc.length));
    },
    goToLine: (line, column) => {
      const editor = view.current;
      if (editor) show(editor, offsetOf(editor.state.doc, line, column));
    },
    mend: (problem) => {
      const editor = view.current;
      if (!editor || problem.fix === undefined) return;
      const { doc } = editor.state;
      const range = rangeOf(problem);
      const from = offsetOf(doc, range.line, range.from);
      const to = offsetOf(doc, range.endLine, range.to);
      editor.dispatch({ changes: { from, to, insert: problem.fix }, userEvent: 'input.complete' });
      show(editor, from + problem.fix.length);
    },
    replace: (text) => {
      const editor = view.current;
      if (editor) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    },
    focus: () => view.current?.focus(),
  };
}

function offsetOf(doc: Text, line: number, column: number): number {
  const found = doc.line(Math.max(1, Math.min(doc.lines, line + 1)));
  return Math.min(found.to, found.from + column);
}

function diagnosticsOf(problems: readonly Problem[], doc: Text): Diagnostic[] {
  return problems.map((problem) => {
    const { fix } = problem;
    return {
      from: offsetOf(doc, problem.line, problem.from),
      to: offsetOf(doc, problem.endLine, problem.to),
      severity: problem.severity === 'note' ? 'info' : problem.severity,
      message: problem.message,
      ...(fix !== undefined && {
        actions: [
          {
            name: problem.adds === undefined ? words.mend(fix) : words.add(problem.adds),
            apply: (view: EditorView, from: number, to: number) =>
              view.dispatch({
                changes: { from, to: problem.adds === undefined ? to : from, insert: fix },
                userEvent: 'input.complete',
              }),
          },
        ],
      }),
    };
  });
}
