// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { pageAt, pageOf, pages } from './page';

describe('the pages', () => {
  const inNav = pages.flatMap((page) => page.nav ?? []);

  it('are found in their features', () => {
    expect(pages.map((page) => page.path)).toContain('/');
    expect(pages.length).toBeGreaterThan(5);
  });

  it('have their own path and key', () => {
    expect(new Set(pages.map((page) => page.path)).size).toBe(pages.length);
    expect(new Set(inNav.map((nav) => nav.key)).size).toBe(inNav.length);
  });

  it('name a page above them that exists', () => {
    const parents = pages.flatMap((page) => page.parent ?? []);
    expect(parents.filter((parent) => pageAt(parent) === undefined)).toEqual([]);
  });

  it('are found by the address, a fixed one before one with a parameter', () => {
    expect(pageOf('/')?.path).toBe('/');
    expect(pageOf('/event-streams/new')?.path).toBe('/event-streams/new');
    expect(pageOf('event-streams/12/')?.path).toBe('/event-streams/$id');
    expect(pageOf('/nowhere/at/all')).toBeUndefined();
  });

  it('can all be loaded', { timeout: 60_000 }, async () => {
    const loaded = await Promise.all(pages.map((page) => page.load()));
    expect(loaded.every((module) => typeof module.default === 'function')).toBe(true);
  });
});
