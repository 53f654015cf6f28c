import { integer } from '@/shared/format/number';

/** A count with its noun. */
export const plural = (count: number, one: string, many = `${one}s`) =>
  `${integer(count)} ${count === 1 ? one : many}`;
