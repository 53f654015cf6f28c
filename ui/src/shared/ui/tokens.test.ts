import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

function colors(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']),
  );
}

const light = colors(":root[data-mantine-color-scheme='light']");
const dark = colors(":root[data-mantine-color-scheme='dark']");

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const part = parseInt(hex.slice(i, i + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast by WCAG 2. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['bg', 'surface', 'surface-2', 'raised'];
const TEXT: readonly (readonly [string, string])[] = [
  ...['text', 'text-2', 'text-3'].flatMap((ink) => grounds.map((ground) => [ink, ground] as const)),
  ...['ok', 'warn', 'err', 'info'].flatMap((ink) =>
    [`${ink}-soft`, 'surface', 'surface-2', 'bg'].map((ground) => [ink, ground] as const),
  ),
  ...['code-key', 'code-str', 'code-num', 'code-cmt'].flatMap((ink) =>
    ['surface', 'bg'].map((ground) => [ink, ground] as const),
  ),
  ['accent', 'surface'],
  ['accent', 'accent-soft'],
  ['accent-contrast', 'accent'],
  ['text', 'accent-soft'],
  ['text-2', 'accent-soft'],
  ['text-3', 'accent-soft'],
  ['text-2', 'mute-soft'],
];
const MARKS = ['s1', 's2', 's3', 's4', 's5', 'focus', 'c-ok', 'c-err', 'c-info'].map(
  (ink) => [ink, 'surface'] as const,
);

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_name, theme) => {
  it.each(TEXT)('%s can be read on %s', (ink, ground) => {
    expect(contrast(theme[ink] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARKS)('%s can be seen on %s', (ink, ground) => {
    expect(contrast(theme[ink] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(3);
  });
});
