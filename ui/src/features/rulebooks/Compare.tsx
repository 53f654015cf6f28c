import { yaml } from '@codemirror/lang-yaml';
import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { text } from '@/shared/text/en';
import { IconButton } from '@/shared/ui/Button';
import type { Comparison } from './Desk';
import css from './Desk.module.css';
import { look, nonce } from './editor/look';

const words = text.rulebooks.versions;
const { conflict } = text.rulebooks;
/** Differences are looked for so hard, and then shown coarsely: two megabytes of nothing in common do not freeze the page. */
const DIFF = { scanLimit: 2_000, timeout: 500 };

/**
 * Two texts side by side; what is the same and far from a change is folded. Of three, each side is shown beside what both were
 * made from.
 */
export default function Compare({ comparison, onClose }: { comparison: Comparison; onClose(): void }) {
  const host = useRef<HTMLDivElement>(null);
  const { before, after, label, base } = comparison;
  // Outside system: the editor.
  useEffect(() => {
    const side = (doc: string, name: string) => ({
      doc,
      extensions: [
        EditorView.cspNonce.of(nonce()),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': name }),
        lineNumbers(),
        yaml(),
        look,
      ],
    });
    const pair = (left: readonly [string, string], right: readonly [string, string]) =>
      new MergeView({
        parent: host.current as HTMLDivElement,
        a: side(...left),
        b: side(...right),
        collapseUnchanged: { margin: 3, minSize: 6 },
        diffConfig: DIFF,
      });
    const views =
      base === undefined
        ? [pair([before, label], [after, words.diffThis])]
        : [
            pair([base, conflict.base], [before, conflict.theirs]),
            pair([base, conflict.base], [after, conflict.mine]),
          ];
    return () => views.forEach((view) => view.destroy());
  }, [before, after, label, base]);
  return (
    <section className={css.compare} aria-label={label}>
      <header>
        <h2>{label}</h2>
        <span className={css.grow} />
        <IconButton icon="x" iconSize={14} label={words.close} onClick={onClose} />
      </header>
      {base !== undefined && <p className={css.sides}>{conflict.sides}</p>}
      <div ref={host} className={css.merge} data-three={base !== undefined || undefined} />
    </section>
  );
}
