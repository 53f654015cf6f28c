import { directionOf, sortBy } from '@/shared/listView';
import css from './List.module.css';

interface Props {
  name: string;
  by: string;
  /** Of figures. */
  right?: boolean;
  sort: string;
  onSort(sort: string): void;
  /** Left away on a narrow screen. */
  minor?: boolean;
}

/** The head of a column that the server orders by. */
export function Sorted({ name, by, right, sort, onSort, minor }: Props) {
  const direction = directionOf(sort, by);
  return (
    <th aria-sort={direction ?? 'none'} data-right={right || undefined} data-minor={minor || undefined}>
      <button type="button" className={css.sort} onClick={() => onSort(sortBy(sort, by))}>
        {name}
        <span aria-hidden>{direction ? (direction === 'ascending' ? '↑' : '↓') : ''}</span>
      </button>
    </th>
  );
}
