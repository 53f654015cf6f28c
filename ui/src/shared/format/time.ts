const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** `13:48:02`. */
export function clock(at: number): string {
  return time.format(at);
}

/** `13:48:02.417`. */
export function clockMillis(at: number): string {
  return `${time.format(at)}.${String(Math.floor(at) % 1000).padStart(3, '0')}`;
}

/** The clock for today, day and clock for earlier. */
export function moment(at: number, now: number): string {
  return now - at < 43_200_000 ? clockMillis(at) : `${day.format(at)} ${clock(at)}`;
}

/** For tooltips and titles. */
export function absolute(at: number): string {
  return full.format(at);
}

/** Milliseconds of an ISO time; `NaN` when there is none. */
export function millis(iso: string | null | undefined): number {
  return iso ? Date.parse(iso) : Number.NaN;
}
