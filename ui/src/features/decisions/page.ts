import type { Page } from '@/shared/page';
import { text } from '@/shared/text/en';

export const pages: readonly Page[] = [
  {
    path: '/decisions',
    title: text.decisions.title,
    nav: { group: 'operate', icon: 'decision', order: 2, key: 'd' },
    load: () => import('./DecisionsPage'),
  },
  {
    path: '/decisions/$id',
    title: text.decisions.one,
    parent: '/decisions',
    crumb: ({ id }) => text.decisions.crumb(id ?? ''),
    load: () => import('./DecisionPage'),
  },
];
