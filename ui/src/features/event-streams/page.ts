import type { Page } from '@/shared/page';
import { text } from '@/shared/text/en';

const words = text.streams;

export const pages: readonly Page[] = [
  {
    path: '/event-streams',
    title: words.title,
    nav: { group: 'author', icon: 'stream', order: 5, key: 's' },
    load: () => import('./EventStreamsPage'),
  },
  {
    path: '/event-streams/new',
    title: words.wizard.title,
    parent: '/event-streams',
    load: () => import('./WizardPage'),
  },
  {
    path: '/event-streams/$id',
    title: words.one,
    parent: '/event-streams',
    crumb: ({ id }) => words.crumb(id ?? ''),
    load: () => import('./EventStreamPage'),
  },
];
