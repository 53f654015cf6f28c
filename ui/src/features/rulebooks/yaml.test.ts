import { describe, expect, it } from 'vitest';
import { tokensOf } from './yaml';

const kinds = (line: string) =>
  tokensOf(line)
    .filter((token) => token.text.trim())
    .map((token) => [token.kind, token.text.trim()]);

describe('a line of YAML', () => {
  it('tells keys from values', () => {
    expect(kinds('    - name: Scale out')).toEqual([
      ['plain', '-'],
      ['key', 'name'],
      ['plain', ':'],
      ['string', 'Scale out'],
    ]);
  });

  it('does not take an operator or an address for a key', () => {
    expect(kinds('      - event.alert.status == "firing"')[0]?.[0]).toBe('string');
    expect(kinds('  url: http://x')).toContainEqual(['string', 'http://x']);
  });

  it('finds a comment, but not inside quotes', () => {
    expect(kinds('port: 80 # http')).toContainEqual(['comment', '# http']);
    expect(kinds('name: "a # b"')).toContainEqual(['string', '"a # b"']);
  });

  it('loses no character', () => {
    for (const line of ['', '- name: x', "  'a b': 1.5 # n", '---', '  - -3', 'text: |']) {
      expect(
        tokensOf(line)
          .map((token) => token.text)
          .join(''),
      ).toBe(line);
    }
  });
});
