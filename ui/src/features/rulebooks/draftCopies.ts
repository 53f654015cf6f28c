import type { LocalCopy } from './draft';

const PREFIX = 'reflexarc-draft';
const TAB = 'reflexarc-tab';

/** Where copies are kept; a browser may refuse, and then there are none. */
export interface Shelf {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Copies of one rulebook by one user. Each tab has its own, so that two tabs never write over each other. */
export class DraftCopies {
  private readonly prefix: string;

  constructor(
    private readonly shelf: Shelf,
    user: number,
    rulebook: number,
    private readonly tab: string,
  ) {
    this.prefix = `${PREFIX}:${user}:${rulebook}:`;
  }

  own(): LocalCopy | undefined {
    return this.read(this.prefix + this.tab);
  }

  /** The newest text that another tab could not save; a tab that is alive and online saves within seconds. */
  left(now: number, patience: number): { readonly key: string; readonly copy: LocalCopy } | undefined {
    const found: { key: string; copy: LocalCopy }[] = [];
    for (let i = 0; i < this.shelf.length; i++) {
      const key = this.shelf.key(i);
      if (!key?.startsWith(this.prefix) || key === this.prefix + this.tab) continue;
      const copy = this.read(key);
      if (copy?.dirty && now - copy.at > patience) found.push({ key, copy });
    }
    return found.sort((a, b) => b.copy.at - a.copy.at)[0];
  }

  keep(copy: LocalCopy): void {
    try {
      this.shelf.setItem(this.prefix + this.tab, JSON.stringify(copy));
    } catch {
      // The shelf is full or closed: the server's copy is the only one then.
    }
  }

  forget(key = this.prefix + this.tab): void {
    try {
      this.shelf.removeItem(key);
    } catch {
      // A closed shelf holds nothing either.
    }
  }

  private read(key: string): LocalCopy | undefined {
    try {
      const copy = JSON.parse(this.shelf.getItem(key) ?? 'null') as Partial<LocalCopy> | null;
      return copy && typeof copy.text === 'string'
        ? ({ baseVersion: 0, revision: 0, dirty: false, at: 0, ...copy } as LocalCopy)
        : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Names this tab; a reload keeps the name. */
export function tabName(): string {
  try {
    const known = sessionStorage.getItem(TAB);
    const name = known ?? crypto.getRandomValues(new Uint32Array(2)).join('-');
    if (known === null) sessionStorage.setItem(TAB, name);
    return name;
  } catch {
    return 'tab';
  }
}
