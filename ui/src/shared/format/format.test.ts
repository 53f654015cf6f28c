import { describe, expect, it } from 'vitest';
import { bytes, change, decimal, duration, integer, rate } from './number';
import { clockMillis, millis, moment } from './time';

describe('numbers', () => {
  it('keeps one decimal only while a rate is small', () => {
    expect([0, 0.25, 7, 9.96, 924, 12_400, 3_000_000].map(rate)).toEqual([
      '0',
      '0.3',
      '7',
      '10',
      '924',
      '12.4 k',
      '3.0 M',
    ]);
  });

  it('shows a length of time in the unit that reads best', () => {
    expect([0.2, 4, 999, 1240, 59_000, 61_000, 7_200_000, 400_000_000].map(duration)).toEqual([
      '< 1 ms',
      '4 ms',
      '999 ms',
      '1.2 s',
      '59 s',
      '1 min',
      '2 h',
      '4 d',
    ]);
  });

  it('never shows a negative length of time', () => {
    expect(duration(-5)).toBe('< 1 ms');
  });

  it('calls a change of less than 12 % steady', () => {
    expect(change(105, 100)).toBe('');
    expect(change(150, 100)).toBe('+50 %');
    expect(change(79, 100)).toBe('−21 %');
    expect(change(3, 0)).toBe('');
  });

  it('counts bytes in thousands', () => {
    expect([12, 1400, 2_000_000].map(bytes)).toEqual(['12 B', '1.4 kB', '2.0 MB']);
  });

  it('groups digits', () => {
    expect(integer(1204.4)).toBe('1,204');
    expect(decimal(8)).toBe('8.0');
  });
});

describe('times', () => {
  const at = new Date(2026, 10, 21, 13, 48, 2, 7).getTime();

  it('shows milliseconds with leading zeros', () => {
    expect(clockMillis(at)).toBe('13:48:02.007');
  });

  it('adds the day to what is older than half a day', () => {
    expect(moment(at, at + 1000)).toBe('13:48:02.007');
    expect(moment(at, at + 86_400_000)).toBe('21 Nov 13:48:02');
  });

  it('has no time for a missing one', () => {
    expect(millis(null)).toBeNaN();
    expect(millis('1970-01-01T00:00:01Z')).toBe(1000);
  });
});
