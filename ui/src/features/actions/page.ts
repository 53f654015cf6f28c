import type { Page } from '@/shared/page';
import { deadLetterCount } from '@/shared/queries';
import { text } from '@/shared/text/en';

export const pages: readonly Page[] = [
  {
    path: '/actions',
    title: text.actions.title,
    nav: { group: 'operate', icon: 'bolt', order: 2.5, key: 'a', urgent: deadLetterCount },
    load: () => import('./ActionsPage'),
  },
];
