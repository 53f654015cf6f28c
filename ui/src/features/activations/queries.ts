import { queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type { components } from '@/api/schema';

export type Activation = components['schemas']['Activation'];
export type Order = 'enable' | 'disable' | 'restart';

export function activationQuery(id: number) {
  return queryOptions({
    queryKey: ['activations', 'one', id],
    queryFn: () => body(api.GET('/api/eda/v1/activations/{id}/', { params: { path: { id } } })),
  });
}

/** Turns an activation on or off, or does both. */
export function give(order: Order, id: number): Promise<unknown> {
  const params = { params: { path: { id } } };
  switch (order) {
    case 'enable':
      return body(api.POST('/api/eda/v1/activations/{id}/enable/', params));
    case 'disable':
      return body(api.POST('/api/eda/v1/activations/{id}/disable/', params));
    case 'restart':
      return body(api.POST('/api/eda/v1/activations/{id}/restart/', { ...params, body: {} }));
  }
}
