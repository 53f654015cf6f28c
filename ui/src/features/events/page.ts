import type { Page } from '@/shared/page';
import { text } from '@/shared/text/en';

export const pages: readonly Page[] = [
  {
    path: '/events',
    title: text.events.title,
    nav: { group: 'operate', icon: 'event', order: 1.5, key: 'e' },
    load: () => import('./EventsPage'),
  },
  {
    path: '/events/$id',
    title: text.events.one,
    parent: '/events',
    crumb: ({ id }) => text.events.crumb(id ?? ''),
    load: () => import('./EventPage'),
  },
];
