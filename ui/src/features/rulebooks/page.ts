import type { Page } from '@/shared/page';
import { text } from '@/shared/text/en';

export const pages: readonly Page[] = [
  {
    path: '/rulebooks',
    title: text.rulebooks.title,
    nav: { group: 'author', icon: 'rulebook', order: 4, key: 'r' },
    load: () => import('./RulebooksPage'),
  },
  {
    path: '/rulebooks/$id',
    title: text.rulebooks.one,
    parent: '/rulebooks',
    load: () => import('./RulebookPage'),
  },
];
