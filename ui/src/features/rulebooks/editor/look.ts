import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--code-str)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.atom], color: 'var(--code-num)' },
  { tag: tags.comment, color: 'var(--code-cmt)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--text-2)' },
]);

const wavy = (colour: string) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy var(${colour}) 1px`,
  textUnderlineOffset: '3px',
});

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '12.8px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.62' },
  '.cm-content': {
    padding: '8px 0',
    fontVariantLigatures: 'none',
    fontFeatureSettings: '"calt" 0, "liga" 0',
  },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 6%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)',
  },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--accent) 14%, transparent)' },
  '.cm-matchingBracket': { backgroundColor: 'color-mix(in srgb, var(--accent) 22%, transparent)' },
  '.cm-tooltip': {
    maxWidth: 'min(560px, 92vw)',
    border: '1px solid var(--border-strong)',
    borderRadius: '9px',
    background: 'var(--raised)',
    color: 'var(--text)',
    boxShadow: '0 10px 30px rgb(0 0 0 / 28%)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    minWidth: 'min(290px, 90vw)',
    maxHeight: '15.5em',
    fontFamily: 'var(--mono)',
    fontSize: '12.3px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '3px 10px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent-soft)', color: 'var(--text)' },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    paddingLeft: '16px',
    color: 'var(--text-3)',
    fontStyle: 'normal',
  },
  '.cm-completionMatchedText': { color: 'var(--accent)', fontWeight: '600', textDecoration: 'none' },
  '.cm-completionIcon': { width: '14px', padding: '0', opacity: '.8' },
  '.cm-completionInfo': { padding: '8px 10px', fontFamily: 'var(--font)', fontSize: '12px' },
  '.cm-help': { padding: '8px 10px', font: '12px/1.45 var(--font)' },
  '.cm-help i': { color: 'var(--text-3)', fontStyle: 'normal', marginLeft: '6px' },
  '.cm-hits': {
    marginLeft: '18px',
    color: 'var(--text-3)',
    font: '11px var(--font)',
    fontVariantNumeric: 'tabular-nums',
    userSelect: 'none',
  },
  '.cm-hits b': { color: 'var(--ok)', fontWeight: '600' },
  '.cm-lintRange-error': wavy('--err'),
  '.cm-lintRange-warning': wavy('--warn'),
  '.cm-lintRange-info': { backgroundImage: 'none' },
  '.cm-diagnostic': {
    padding: '6px 10px',
    borderLeft: '3px solid var(--err)',
    font: '12px/1.45 var(--font)',
  },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--info)' },
  '.cm-diagnosticAction': {
    margin: '4px 0 0',
    padding: '3px 8px',
    border: '1px solid var(--border-strong)',
    borderRadius: '6px',
    background: 'var(--accent-soft)',
    color: 'var(--text)',
    font: '550 12px var(--font)',
  },
  '.cm-foldPlaceholder': { border: '0', background: 'var(--surface-2)', color: 'var(--text-3)' },
  '.cm-panels': { borderColor: 'var(--border)', background: 'var(--surface-2)', color: 'var(--text)' },
  '.cm-panel input, .cm-panel button': {
    border: '1px solid var(--border-strong)',
    borderRadius: '6px',
    background: 'var(--surface)',
    backgroundImage: 'none',
    color: 'var(--text)',
    font: '12px var(--font)',
  },
  // Underlined, not filled: a comment in grey must stay readable on it.
  '.cm-changedText': {
    background: 'none !important',
    textDecoration: 'underline 2px var(--c-warn)',
    textUnderlineOffset: '3px',
  },
  '.cm-collapsedLines': {
    padding: '3px 12px',
    background: 'var(--surface-2)',
    color: 'var(--text-2)',
    font: '12px var(--font)',
  },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '"⋯"' },
  '.cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--warn) 6%, transparent) !important' },
});

export const look = [theme, syntaxHighlighting(colours)];

/** The policy lets only style elements with the page's nonce in. */
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
}
