export type Points = readonly (number | null)[];
/** Times in seconds, then one list of values for each series. */
export type ChartData = readonly [Points, ...Points[]];

export interface Series {
  readonly label: string;
  /** Name of a custom property, e.g. `--s1`. */
  readonly color: string;
}

export type ChartKind = 'area' | 'bars' | 'lines';

export const SERIES_COLORS = ['--s1', '--s2', '--s3', '--s4', '--s5'] as const;

export function colorOf(index: number): string {
  return SERIES_COLORS[index % SERIES_COLORS.length] ?? '--s1';
}

/** Each series on top of those before it. */
export function stack(data: ChartData): ChartData {
  const [times, ...series] = data;
  let sums: number[] = times.map(() => 0);
  const stacked = series.map((values) => {
    sums = sums.map((sum, i) => sum + (values[i] ?? 0));
    return sums;
  });
  return [times, ...stacked];
}

/** `3`, `1.5`, `12k`: short marks for an axis. */
export function axisMark(value: number): string {
  return value >= 10_000 ? `${value / 1000}k` : String(value);
}
