import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';
import type { Operation, Request, Task } from './actions';

/** The list, slice after slice. The keys begin with the noun that live updates name. */
export function tasksQuery(request: Request) {
  return infiniteQueryOptions({
    queryKey: ['tasks', 'list', request],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/api/eda/v1/tasks/', {
          params: { query: { ...request, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function taskQuery(id: string) {
  return queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: () => body(api.GET('/api/eda/v1/tasks/{id}/', { params: { path: { id } } })),
  });
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: ['tasks', 'run', id],
    queryFn: () => body(api.GET('/api/eda/v1/tasks/{id}/run/', { params: { path: { id } } })),
  });
}

/** What the current version of the rulebook would do in the place of a dead letter; nothing is done. */
export function insteadQuery(id: string) {
  return queryOptions({
    queryKey: ['tasks', 'instead', id],
    queryFn: () => body(api.GET('/api/eda/v1/tasks/{id}/current/', { params: { path: { id } } })),
    retry: false,
  });
}

/** Open tasks and dead letters by state. */
export function countsQuery() {
  return queryOptions({
    queryKey: ['tasks', 'counts'],
    queryFn: async () => (await body(api.GET('/api/eda/v1/status/'))).open_tasks,
  });
}

export function operate(operation: Operation, id: string): Promise<Task> {
  const params = { path: { id } };
  switch (operation) {
    case 'retry':
      return body(api.POST('/api/eda/v1/tasks/{id}/retry/', { params, body: {} }));
    case 'again':
      return body(api.POST('/api/eda/v1/tasks/{id}/retry/', { params, body: { version: 'current' } }));
    case 'drop':
      return body(api.POST('/api/eda/v1/tasks/{id}/drop/', { params }));
    case 'cancel':
      return body(api.POST('/api/eda/v1/tasks/{id}/cancel/', { params }));
  }
}

/** A new task with these arguments takes the place of a dead letter, and is answered. */
export function replace(id: string, args: Record<string, unknown>): Promise<Task> {
  return body(
    api.POST('/api/eda/v1/tasks/{id}/retry/', { params: { path: { id } }, body: { arguments: args } }),
  );
}
