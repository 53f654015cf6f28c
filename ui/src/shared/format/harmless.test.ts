import { describe, expect, it } from 'vitest';
import { brief, printed, shortened, visible } from './harmless';

describe('texts from outside', () => {
  it('name what would turn the direction of the page', () => {
    expect(visible('invoice\u202egnp.exe')).toBe('invoice\\u202egnp.exe');
    expect(visible('مرحبا שלום')).toBe('مرحبا שלום');
  });

  it('name control characters but keep lines and tabs', () => {
    expect(visible('a\u0000b\tc\nd\u009be')).toBe('a\\u0000b\tc\nd\\u009be');
  });

  it('show joined emoji as the one picture they are, and name what joins nothing', () => {
    const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
    const rainbow = '\u{1f3f3}\ufe0f\u200d\u{1f308}';
    const astronaut = '\u{1f469}\u{1f3fd}\u200d\u{1f680}';
    const wales = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}';
    for (const joined of [family, rainbow, astronaut, wales]) expect(visible(joined)).toBe(joined);
    expect(visible('pay\u200dpal')).toBe('pay\\u200dpal');
    expect(visible('\u{1f468}\u200d')).toBe('\u{1f468}\\u200d');
    expect(visible('a\u{e0041}b')).toBe('a\\u{e0041}b');
  });

  it('lose what was meant for a terminal', () => {
    expect(printed('\u001b[31mred\u001b[0m\r\n\u001b]0;title\u0007done\u001b[2J')).toBe('red\ndone');
    expect(printed('\u001b]8;;http://x\u001b\\link')).toBe('link');
  });

  it('are shortened without breaking a character', () => {
    expect(shortened('abcdef', 4)).toBe('abc…');
    expect(shortened('ab😀cd', 4)).toBe('ab…');
  });

  it('are brief however long they are', () => {
    expect(brief('x'.repeat(1_000_000))).toHaveLength(120);
    expect(brief({ a: 1 })).toBe('{"a":1}');
    expect(brief(undefined)).toBe('null');
  });
});
