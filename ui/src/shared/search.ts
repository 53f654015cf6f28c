import { useNavigate, useSearch } from '@tanstack/react-router';

type Values = Readonly<Record<string, unknown>>;

/** What of the view is kept in the URL: unknown values are dropped, empty ones leave it. */
export function useView<T extends object>(parse: (search: Values) => T): [T, (change: Partial<T>) => void] {
  const raw: Values = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (change: Partial<T>) => {
    void navigate({
      to: '.',
      replace: true,
      search: (before: Values) =>
        Object.fromEntries(
          Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== ''),
        ),
    } as never);
  };
  return [parse(raw), set];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function pageOf(value: unknown): number {
  const page = Number(value);
  return Number.isInteger(page) && page > 0 ? page : 1;
}
