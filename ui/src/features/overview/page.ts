import type { Page } from '@/shared/page';
import { text } from '@/shared/text/en';

export const pages: readonly Page[] = [
  {
    path: '/',
    title: text.overview.title,
    nav: { group: 'operate', icon: 'overview', order: 1, key: 'o' },
    load: () => import('./OverviewPage'),
  },
];
