import type { ComponentType } from 'react';
import type { IconName } from './ui/Icon';

export type NavGroup = 'operate' | 'author';

/** A page of the console. Features export theirs from `page.ts`; navigation, palette, keys and routes read them. */
export interface Page {
  /** Route, e.g. `/decisions/$id`. */
  readonly path: string;
  readonly title: string;
  /** The page above it, for the bread crumbs. */
  readonly parent?: string;
  /** Where it stands in the side bar; a page without is reached from others. */
  readonly nav?: {
    readonly group: NavGroup;
    readonly icon: IconName;
    readonly order: number;
    readonly key: string;
    /** How much of it waits for a person: a red count beside its name, while there is any. */
    readonly urgent?: () => { queryKey: readonly unknown[]; queryFn: () => Promise<number> };
  };
  /** Names the object on screen, from the route's parameters. */
  readonly crumb?: (parameters: Readonly<Record<string, string>>) => string;
  readonly load: () => Promise<{ default: ComponentType }>;
}

const found = import.meta.glob<{ pages: readonly Page[] }>('../features/*/page.ts', { eager: true });

/** Every page, in the order of the side bar. */
export const pages: readonly Page[] = Object.values(found)
  .flatMap((feature) => feature.pages)
  .sort((a, b) => (a.nav?.order ?? 99) - (b.nav?.order ?? 99));

/** The page that an address shows, by its path below the console's root. */
export function pageOf(path: string, among: readonly Page[] = pages): Page | undefined {
  const parts = path.split('/').filter(Boolean);
  const fits = (page: Page) => {
    const own = page.path.split('/').filter(Boolean);
    return own.length === parts.length && own.every((part, i) => part.startsWith('$') || part === parts[i]);
  };
  const fitting = among.filter(fits);
  return fitting.find((page) => !page.path.includes('$')) ?? fitting[0];
}

export function pageAt(routePath: string): Page | undefined {
  return pages.find((page) => page.path === (routePath.replace(/\/$/, '') || '/'));
}
