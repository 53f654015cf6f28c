const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const atMostTenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** Thin space, between a figure and its unit. */
const SPACE = ' ';

/** `1,204`. */
export function integer(value: number): string {
  return whole.format(value);
}

/** `8.1`. */
export function decimal(value: number): string {
  return tenths.format(value);
}

/** A figure that is small on quiet days: `0.3`, `7`, `924`, `12.4 k`. */
export function rate(value: number): string {
  if (value >= 1e6) return tenths.format(value / 1e6) + SPACE + 'M';
  if (value >= 1e4) return tenths.format(value / 1e3) + SPACE + 'k';
  return value < 10 ? atMostTenths.format(value) : whole.format(value);
}

/** `512 B`, `1.4 kB`, `2.0 MB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${whole.format(count)}${SPACE}B`;
  if (count < 1e6) return `${tenths.format(count / 1e3)}${SPACE}kB`;
  return `${tenths.format(count / 1e6)}${SPACE}MB`;
}

/** A length of time in one unit: `4 ms`, `1.2 s`, `12 min`, `3 h`. */
export function duration(millis: number): string {
  const value = Math.max(0, millis);
  if (value < 1) return `<${SPACE}1${SPACE}ms`;
  if (value < 1000) return `${whole.format(value)}${SPACE}ms`;
  if (value < 60_000) return `${atMostTenths.format(value / 1000)}${SPACE}s`;
  if (value < 3_600_000) return `${whole.format(Math.floor(value / 60_000))}${SPACE}min`;
  if (value < 172_800_000) return `${whole.format(Math.floor(value / 3_600_000))}${SPACE}h`;
  return `${whole.format(Math.floor(value / 86_400_000))}${SPACE}d`;
}

/** How long ago: whole units, so that it does not flicker: `35 s`, `12 min`. */
export function age(millis: number): string {
  return duration(Math.max(1, Math.floor(millis / 1000)) * 1000);
}

/** `+12 %`, `−21 %`; empty while the change is within the noise. */
export function change(now: number, before: number): string {
  if (!Number.isFinite(before) || before <= 0) return '';
  const percent = ((now - before) / before) * 100;
  if (Math.abs(percent) < 12) return '';
  return `${percent > 0 ? '+' : '−'}${whole.format(Math.min(999, Math.abs(percent)))}${SPACE}%`;
}
