import { describe, expect, it } from 'vitest';
import * as draft from './draft';

const published = { number: 3, text: 'published' };
const server = { text: 'on the server', baseVersion: 3, revision: 7 };
const local = (more: Partial<draft.LocalCopy>): draft.LocalCopy => ({
  text: 'in the browser',
  baseVersion: 3,
  revision: 7,
  dirty: true,
  at: 0,
  ...more,
});

describe('opening a rulebook', () => {
  it('shows the newest version when nobody wrote anything', () => {
    const state = draft.opened(published, undefined, undefined);
    expect(state.text).toBe('published');
    expect(draft.hasDraft(state)).toBe(false);
  });

  it('goes on with the draft of the server', () => {
    expect(draft.opened(published, server, undefined)).toMatchObject({ text: 'on the server', revision: 7 });
  });

  it('goes on with what this tab had not saved', () => {
    const state = draft.opened(published, server, local({}));
    expect(state).toMatchObject({ text: 'in the browser', saved: 'on the server' });
    expect(state.theirs).toBeUndefined();
    expect(draft.wantsSaving(state)).toBe(true);
  });

  it('shows both when the draft went on elsewhere meanwhile', () => {
    const state = draft.opened(published, { ...server, revision: 8 }, local({}));
    expect(state.text).toBe('in the browser');
    expect(state.theirs?.text).toBe('on the server');
    expect(draft.wantsSaving(state)).toBe(false);
  });

  it('shows both when a version was published over an unsaved text', () => {
    const state = draft.opened(published, undefined, local({ revision: 0, baseVersion: 2 }));
    expect(state.theirs?.text).toBe('published');
  });

  it('forgets a copy that the server has', () => {
    expect(draft.opened(published, { ...server, revision: 9 }, local({ dirty: false })).text).toBe(
      'on the server',
    );
  });
});

describe('saving', () => {
  const writing = draft.typed(draft.opened(published, server, undefined), 'more');

  it('keeps what is typed while a save is on its way', () => {
    const later = draft.saveDone(draft.typed(draft.saveBegun(writing), 'more and more'), 'more', 8);
    expect(later).toMatchObject({ text: 'more and more', saved: 'more', revision: 8 });
    expect(draft.wantsSaving(later)).toBe(true);
  });

  it('sends nothing twice at a time', () => {
    expect(draft.wantsSaving(draft.saveBegun(writing))).toBe(false);
  });

  it('stops when another tab was faster, and shows both', () => {
    const met = draft.crossed(draft.saveBegun(writing), {
      text: 'of the other tab',
      baseVersion: 3,
      revision: 9,
    });
    expect(met).toMatchObject({ text: 'more', theirs: { text: 'of the other tab' } });
    expect(draft.wantsSaving(met)).toBe(false);

    const mine = draft.keepMine(met);
    expect(mine).toMatchObject({ text: 'more', revision: 9 });
    expect(draft.wantsSaving(mine)).toBe(true);

    const other = draft.takeTheirs(met);
    expect(other).toMatchObject({ text: 'of the other tab', revision: 9 });
    expect(draft.wantsSaving(other)).toBe(false);
  });

  it('sees no conflict in two tabs with the same text', () => {
    const met = draft.crossed(draft.saveBegun(writing), { text: 'more', baseVersion: 3, revision: 9 });
    expect(met.theirs).toBeUndefined();
    expect(met.revision).toBe(9);
  });

  it('begins again when the other tab threw the draft away', () => {
    const met = draft.crossed(draft.saveBegun(writing), undefined);
    expect(draft.keepMine(met)).toMatchObject({ text: 'more', revision: 0 });
  });

  it('tries again after a failure', () => {
    expect(draft.wantsSaving(draft.saveFailed(draft.saveBegun(writing), 'no answer'))).toBe(true);
  });
});

describe('publishing', () => {
  const writing = draft.typed(draft.opened(published, server, undefined), 'new');

  it('ends the draft', () => {
    const state = draft.publishDone(writing, { number: 4, text: 'new' });
    expect(draft.hasDraft(state)).toBe(false);
    expect(draft.differs(state)).toBe(false);
  });

  it('keeps what was typed meanwhile', () => {
    const state = draft.publishDone(draft.typed(writing, 'newer'), { number: 4, text: 'new' });
    expect(state.text).toBe('newer');
    expect(draft.wantsSaving(state)).toBe(true);
  });

  it('of somebody else does not touch a draft, and says that it is behind', () => {
    const state = draft.publishedElsewhere(writing, { number: 4, text: 'theirs' });
    expect(state.text).toBe('new');
    expect(draft.isBehind(state)).toBe(true);
    expect(draft.isBehind(draft.rebased(state))).toBe(false);
  });

  it('of somebody else is shown where nothing is being written', () => {
    const reading = draft.opened(published, undefined, undefined);
    expect(draft.publishedElsewhere(reading, { number: 4, text: 'theirs' }).text).toBe('theirs');
  });
});
