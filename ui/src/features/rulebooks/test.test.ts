import { describe, expect, it } from 'vitest';
import { mistakeOf, readPasted } from './test';

describe('a pasted event', () => {
  it('is what a sender posts, or a whole event', () => {
    expect(readPasted('{"a": 1}', undefined)).toMatchObject({ event: { payload: { a: 1 } }, isBody: true });
    expect(readPasted('{"payload": {"a": 1}}', undefined)).toMatchObject({ isBody: false });
    expect(readPasted('{"payload": 1}', true)).toMatchObject({ event: { payload: { payload: 1 } } });
    expect(readPasted('  ', undefined)).toEqual({ kind: 'nothing' });
  });

  it('with a mistake is told where', () => {
    expect(mistakeOf('{\n "a": }', new Error('Unexpected token in JSON at position 8'))).toMatch(
      /^Line 2, column 7/,
    );
    expect(
      mistakeOf('{', new Error('JSON.parse: expected property name at line 1 column 2 of the JSON data')),
    ).toMatch(/^Line 1, column 2/);
    expect(readPasted('{"a": ', undefined)).toMatchObject({ kind: 'wrong' });
  });

  it('must be an object that is neither huge nor bottomless', () => {
    expect(readPasted('[1]', undefined).kind).toBe('wrong');
    expect(readPasted(`{"a": "${'x'.repeat(1_000_001)}"}`, undefined).kind).toBe('wrong');
    expect(readPasted(`{"a": ${'['.repeat(500)}${']'.repeat(500)}}`, undefined).kind).toBe('wrong');
  });

  it('may have ten thousand keys', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]));
    expect(readPasted(JSON.stringify(many), undefined).kind).toBe('event');
  });
});
