import { useEffect, useEffectEvent, useState } from 'react';
import { ProblemError } from '@/api/problem';
import * as draft from './draft';
import { DraftCopies, tabName } from './draftCopies';
import { deleteDraft, readDraft, saveDraft, type Rulebook } from './queries';

const COPY_MILLIS = 400;
const SAVE_MILLIS = 1_000;
const AGAIN_MILLIS = 5_000;
/** A tab that is alive and online has saved by then. */
const LEFT_MILLIS = 30_000;

export interface Draft {
  readonly state: draft.DraftState;
  type(text: string): void;
  saveNow(): void;
  keepMine(): void;
  /** Answers the text to show from now on. */
  takeTheirs(): string;
  /** Answers the published text. */
  discard(): Promise<string>;
  published(version: draft.Version): Promise<void>;
  rebase(): void;
}

/** One person's draft of one rulebook in this tab: kept in the browser at once, on the server soon, never over another's. */
export function useDraft(
  rulebook: Rulebook,
  server: draft.ServerDraft | undefined,
  user: number,
  writes: boolean,
): Draft {
  const id = rulebook.id;
  const [copies] = useState(() => new DraftCopies(localStorage, user, id, tabName()));
  const [state, setState] = useState(() =>
    // Who may only read sees what is published, also where an older right left a draft behind.
    writes
      ? begin(copies, versionOf(rulebook), server)
      : draft.opened(versionOf(rulebook), undefined, undefined),
  );
  const save = async () => {
    const { text: sent, baseVersion, revision } = state;
    setState(draft.saveBegun);
    try {
      const saved = await saveDraft(id, sent, baseVersion, revision);
      setState((now) => draft.saveDone(now, sent, saved.revision ?? 0));
    } catch (problem) {
      const crossed = problem instanceof ProblemError && problem.status === 409;
      const theirs = crossed ? await readDraft(id).catch(() => null) : null;
      setState((now) =>
        theirs === null ? draft.saveFailed(now, (problem as Error).message) : draft.crossed(now, theirs),
      );
    }
  };
  const keep = useEffectEvent(() => {
    if (writes) copies.keep(draft.copyOf(state, Date.now()));
  });
  const autosave = useEffectEvent(() => {
    if (writes && draft.wantsSaving(state)) void save();
  });
  // Outside system: the browser's storage.
  useEffect(() => {
    const timer = setTimeout(keep, COPY_MILLIS);
    return () => clearTimeout(timer);
  }, [state.text, state.saved, state.revision]);
  // Outside system: the browser's storage, for the last time.
  useEffect(() => {
    const leaving = () => keep();
    addEventListener('pagehide', leaving);
    return () => {
      removeEventListener('pagehide', leaving);
      keep();
    };
  }, []);
  // Outside system: the server's copy.
  useEffect(() => {
    const timer = setTimeout(autosave, state.saving === 'failed' ? AGAIN_MILLIS : SAVE_MILLIS);
    return () => clearTimeout(timer);
  }, [state.text, state.saving, state.theirs]);
  const newest = versionOf(rulebook);
  if (newest.number > state.published.number) setState(draft.publishedElsewhere(state, newest));
  return {
    state,
    type: (text) => setState((now) => draft.typed(now, text)),
    saveNow: () => {
      if (draft.wantsSaving(state)) void save();
    },
    keepMine: () => {
      if (state.theirs?.local !== undefined) copies.forget(state.theirs.local);
      setState(draft.keepMine);
    },
    takeTheirs: () => {
      if (state.theirs?.local !== undefined) copies.forget(state.theirs.local);
      setState(draft.takeTheirs);
      return state.theirs?.text ?? state.text;
    },
    discard: async () => {
      if (state.revision > 0) await deleteDraft(id, state.revision);
      setState((now) => draft.publishDone(draft.typed(now, now.published.text), now.published));
      return state.published.text;
    },
    published: async (version) => {
      // The server may have ended the draft itself; another tab's newer one stays.
      if (state.revision > 0) await deleteDraft(id, state.revision).catch(() => undefined);
      setState((now) => draft.publishDone(now, version));
    },
    rebase: () => setState(draft.rebased),
  };
}

function begin(
  copies: DraftCopies,
  version: draft.Version,
  server: draft.ServerDraft | undefined,
): draft.DraftState {
  const state = draft.opened(version, server, copies.own());
  const left = copies.left(Date.now(), LEFT_MILLIS);
  if (!left || state.theirs || left.copy.text === state.text) return state;
  return {
    ...state,
    theirs: {
      text: left.copy.text,
      revision: state.revision,
      baseVersion: left.copy.baseVersion,
      local: left.key,
    },
  };
}

function versionOf(rulebook: Rulebook): draft.Version {
  return { number: rulebook.version_number, text: rulebook.rulesets };
}
