import type { Page } from '@/shared/page';
import { text } from '@/shared/text/en';

export const pages: readonly Page[] = [
  {
    path: '/event-streams',
    title: text.streams.title,
    nav: { group: 'author', icon: 'stream', order: 5, key: 's' },
    load: () => import('./EventStreamsPage'),
  },
];
