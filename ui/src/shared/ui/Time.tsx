import { age } from '@/shared/format/number';
import { absolute, millis, moment } from '@/shared/format/time';
import { text } from '@/shared/text/en';
import { useNow } from './useNow';

/** An age that moves; the time itself is in its title. */
export function Ago({ at, bare }: { at: string | null | undefined; bare?: boolean }) {
  const now = useNow();
  const time = millis(at);
  if (Number.isNaN(time)) return <span className="dimmer">{text.never}</span>;
  const passed = age(now - time);
  return (
    <time className="num" dateTime={at ?? undefined} title={absolute(time)}>
      {bare ? passed : text.ago(passed)}
    </time>
  );
}

/** A point in time to the millisecond. */
export function Moment({ at }: { at: string | null | undefined }) {
  const now = useNow();
  const time = millis(at);
  if (Number.isNaN(time)) return <span className="dimmer">–</span>;
  return (
    <time className="mono" dateTime={at ?? undefined} title={absolute(time)}>
      {moment(time, now)}
    </time>
  );
}
