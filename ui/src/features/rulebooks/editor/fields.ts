/** What is known of one field of events. */
export interface FieldFact {
  /** As a condition writes it, e.g. `event.payload.alert.status`. */
  readonly path: string;
  readonly types: readonly string[];
  /** Share of the events that have it, 0 to 1. */
  readonly share: number;
  readonly samples: readonly unknown[];
}

/** Fields by the name of each step. */
export interface FieldNode {
  readonly types: readonly string[];
  readonly share: number;
  readonly samples: readonly unknown[];
  readonly children: ReadonlyMap<string, FieldNode>;
}

interface Growing extends FieldNode {
  types: readonly string[];
  share: number;
  samples: readonly unknown[];
  children: Map<string, Growing>;
}

const NOTHING: FieldNode = { types: [], share: 0, samples: [], children: new Map() };
const STEP = /[A-Za-z_]\w*|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]/g;
/** A payload may have 10,000 keys; nobody completes among more than this. */
const MOST_FIELDS = 2_000;
const MOST_SAMPLES = 5;

/** `event.a["b c"][0]` in its steps, with `event` and without numbers: items of a list share one place. */
export function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(STEP)]
    .filter((step) => step[3] === undefined)
    .map((step) => step[1] ?? step[2] ?? step[0]);
}

/** The tree of all fields; `event` is its root. */
export function treeOf(facts: readonly FieldFact[]): FieldNode {
  const root: Growing = { types: ['object'], share: 1, samples: [], children: new Map() };
  for (const fact of facts.slice(0, MOST_FIELDS)) {
    let node = root;
    for (const step of stepsOf(fact.path).slice(1)) {
      let next = node.children.get(step);
      if (!next) {
        next = { types: ['object'], share: 0, samples: [], children: new Map() };
        node.children.set(step, next);
      }
      next.share = Math.max(next.share, fact.share);
      node = next;
    }
    node.types = [
      ...new Set([
        ...node.types.filter((type) => node.children.size > 0 || type !== 'object'),
        ...fact.types,
      ]),
    ];
    node.samples = [...new Set([...node.samples, ...fact.samples])].slice(0, MOST_SAMPLES);
  }
  return root;
}

export function fieldAt(root: FieldNode, steps: readonly string[]): FieldNode {
  return steps.reduce<FieldNode>((node, step) => node.children.get(step) ?? NOTHING, root);
}

/** The nearest known path for one that no event has; `undefined` when it is known, or nobody knows anything there. */
export function nearestPath(root: FieldNode, path: string): string | undefined {
  const steps = stepsOf(path).slice(1);
  let node = root;
  const right: string[] = [];
  let changed = false;
  for (const step of steps) {
    if (node.children.size === 0) return undefined;
    let name = step;
    if (!node.children.has(step)) {
      const near = nearest(step, [...node.children.keys()]);
      if (near === undefined) return undefined;
      name = near;
      changed = true;
    }
    right.push(name);
    node = node.children.get(name) ?? NOTHING;
  }
  return changed ? ['event', ...right].join('.') : undefined;
}

function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.min(3, Math.floor(word.length / 3)));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** Edits between two words; a swap of neighbours counts as one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      }
      next.push(edits);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
