import type { Page } from '@/shared/page';
import { text } from '@/shared/text/en';

export const pages: readonly Page[] = [
  {
    path: '/activations',
    title: text.activations.title,
    nav: { group: 'operate', icon: 'activation', order: 3, key: 'v' },
    load: () => import('./ActivationsPage'),
  },
  {
    path: '/activations/$id',
    title: text.activations.one,
    parent: '/activations',
    load: () => import('./ActivationPage'),
  },
];
