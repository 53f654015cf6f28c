import { queryOptions } from '@tanstack/react-query';
import { api, body } from '@/api/client';

export const rulebooksQuery = queryOptions({
  queryKey: ['rulebooks', 'all'],
  queryFn: () => body(api.GET('/api/eda/v1/rulebooks/', { params: { query: { page_size: 100 } } })),
});

export function rulebookQuery(id: number) {
  return queryOptions({
    queryKey: ['rulebooks', 'one', id],
    queryFn: () => body(api.GET('/api/eda/v1/rulebooks/{id}/', { params: { path: { id } } })),
  });
}
