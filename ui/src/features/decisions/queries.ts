import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type { DecisionFilter } from '@/shared/queries';

/** The list, slice after slice. */
export function decisionSlices(filter: DecisionFilter) {
  return infiniteQueryOptions({
    queryKey: ['decisions', 'list', filter],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/api/eda/v1/decisions/', {
          params: { query: { ...filter, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

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
