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
