import { describe, expect, it } from 'vitest';
import { mergeBoth } from './merge';

const BASE = 'one\ntwo\nthree\nfour\nfive\nsix\n';

describe('two changes of one text', () => {
  it('become one where they stand apart', () => {
    expect(mergeBoth(BASE, BASE.replace('two', 'TWO'), BASE.replace('five', 'FIVE and more'))).toBe(
      'one\nTWO\nthree\nfour\nFIVE and more\nsix\n',
    );
    expect(mergeBoth(BASE, `${BASE}seven\n`, `zero\n${BASE}`)).toBe(`zero\n${BASE}seven\n`);
    expect(mergeBoth(BASE, BASE.replace('three\n', ''), BASE.replace('six', 'SIX'))).toBe(
      'one\ntwo\nfour\nfive\nSIX\n',
    );
  });

  it('are left to a person where they meet', () => {
    expect(mergeBoth(BASE, BASE.replace('two', 'TWO'), BASE.replace('two', 'zwei'))).toBeUndefined();
    expect(
      mergeBoth(BASE, BASE.replace('two\nthree', 'TWO\nTHREE'), BASE.replace('three', 'drei')),
    ).toBeUndefined();
  });

  it('count once where both made the same', () => {
    const same = BASE.replace('four', 'FOUR');
    expect(mergeBoth(BASE, same, same)).toBe(same);
  });

  it('keep several changes of one side, also in one line', () => {
    const mine = BASE.replace('one', 'on3').replace('three', 'thr33').replace('four', 'f0ur');
    expect(mergeBoth(BASE, mine, BASE.replace('six', 'sechs'))).toBe(mine.replace('six', 'sechs'));
    const busy = 'a: b c d e f g\nbetween\nend\n';
    const both = 'a: B c D e F g\nbetween\nend\n';
    expect(mergeBoth(busy, both, busy.replace('end', 'END'))).toBe(both.replace('end', 'END'));
  });
});
