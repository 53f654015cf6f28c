import { RangeSetBuilder, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';

/** What is written at the end of a rule's first line. */
export interface Hit {
  /** Offset of the rule. */
  readonly at: number;
  readonly count: string;
  readonly rest: string;
}

class HitText extends WidgetType {
  constructor(private readonly hit: Hit) {
    super();
  }

  override eq(other: HitText): boolean {
    return other.hit.count === this.hit.count && other.hit.rest === this.hit.rest;
  }

  override toDOM(): HTMLElement {
    const text = document.createElement('span');
    text.className = 'cm-hits';
    const count = document.createElement('b');
    count.textContent = this.hit.count;
    text.append(count, ` ${this.hit.rest}`);
    return text;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const changed = StateEffect.define<readonly Hit[]>();

/** How often each rule matched; the figures move with the text while it is typed. */
export const hitsField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    const given = transaction.effects.find((effect) => effect.is(changed));
    return given
      ? decorate(given.value as readonly Hit[], transaction.state.doc)
      : shown.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function showHits(view: EditorView, hits: readonly Hit[]): void {
  view.dispatch({ effects: changed.of(hits) });
}

function decorate(hits: readonly Hit[], doc: Text): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const ends = hits
    .filter((hit) => hit.at <= doc.length)
    .map((hit) => [doc.lineAt(hit.at).to, hit] as const)
    .sort(([a], [b]) => a - b);
  for (const [end, hit] of ends) {
    builder.add(end, end, Decoration.widget({ widget: new HitText(hit), side: 1 }));
  }
  return builder.finish();
}
