import { queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';

export function decisionQuery(id: string) {
  return queryOptions({
    queryKey: ['decisions', 'one', id],
    queryFn: () => body(api.GET('/api/eda/v1/decisions/{id}/', { params: { path: { id } } })),
  });
}

/** Gives a dead letter its attempts back. */
export function retryTask(id: string): Promise<unknown> {
  return body(api.POST('/api/eda/v1/tasks/{id}/retry/', { params: { path: { id } }, body: {} }));
}
