import type { Page } from '@/shared/page';
import { text } from '@/shared/text/en';

export const pages: readonly Page[] = [
  {
    path: '/events/$id',
    title: text.events.title,
    parent: '/decisions',
    crumb: ({ id }) => text.events.crumb(id ?? ''),
    load: () => import('./EventPage'),
  },
];
