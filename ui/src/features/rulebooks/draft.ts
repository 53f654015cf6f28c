/** The newest version as it was when the page read it. */
export interface Version {
  readonly number: number;
  readonly text: string;
}

/** A draft as the server has it. */
export interface ServerDraft {
  readonly text: string;
  readonly baseVersion: number;
  readonly revision: number;
}

/** What a tab keeps in the browser: it outlives a crash, a closed lid and a server that is away. */
export interface LocalCopy {
  readonly text: string;
  readonly baseVersion: number;
  /** Of the server's draft that this text was made from; 0 when there was none. */
  readonly revision: number;
  /** Whether the server has not got it yet. */
  readonly dirty: boolean;
  readonly at: number;
}

export type Saving = 'idle' | 'saving' | 'failed';

/**
 * One person's text in one tab. Whatever arrives from elsewhere never replaces it: it becomes `theirs`, and the person chooses.
 */
export interface DraftState {
  readonly text: string;
  readonly baseVersion: number;
  readonly revision: number;
  /** What the server has under that revision, or the published text when there is no draft. */
  readonly saved: string;
  readonly published: Version;
  readonly saving: Saving;
  readonly problem?: string | undefined;
  readonly theirs?: Theirs | undefined;
}

/** Another text with as good a claim as ours to be the draft. */
export interface Theirs extends ServerDraft {
  /** Where this browser keeps it, when the server does not have it. */
  readonly local?: string;
  /** What both texts were made from, where that is known. */
  readonly base?: string;
}

/** Puts together what the server has and what this browser kept. */
export function opened(
  published: Version,
  server: ServerDraft | undefined,
  local: LocalCopy | undefined,
): DraftState {
  const begun: DraftState = {
    text: server?.text ?? published.text,
    baseVersion: server?.baseVersion ?? published.number,
    revision: server?.revision ?? 0,
    saved: server?.text ?? published.text,
    published,
    saving: 'idle',
  };
  if (!local?.dirty || local.text === begun.text) return begun;
  const mine = { ...begun, text: local.text, baseVersion: local.baseVersion };
  if (local.revision === begun.revision && (server || local.baseVersion === published.number)) return mine;
  return {
    ...mine,
    theirs: { text: begun.saved, revision: begun.revision, baseVersion: begun.baseVersion },
  };
}

export function typed(state: DraftState, text: string): DraftState {
  return text === state.text ? state : { ...state, text };
}

/** Whether there is something that the server has not got and may be sent. */
export function wantsSaving(state: DraftState): boolean {
  return state.text !== state.saved && state.saving !== 'saving' && !state.theirs;
}

export function isDirty(state: DraftState): boolean {
  return state.text !== state.saved;
}

export function hasDraft(state: DraftState): boolean {
  return state.revision > 0 || isDirty(state);
}

export function differs(state: DraftState): boolean {
  return state.text !== state.published.text;
}

/** Somebody published a version after this draft was begun. */
export function isBehind(state: DraftState): boolean {
  return hasDraft(state) && state.baseVersion < state.published.number;
}

export function saveBegun(state: DraftState): DraftState {
  return { ...state, problem: undefined, saving: 'saving' };
}

export function saveDone(state: DraftState, sent: string, revision: number): DraftState {
  return { ...state, saving: 'idle', saved: sent, revision };
}

export function saveFailed(state: DraftState, problem: string): DraftState {
  return { ...state, saving: 'failed', problem };
}

/** The server refused a save: its draft has another revision by now. The same text on both sides is no conflict. */
export function crossed(state: DraftState, server: ServerDraft | undefined): DraftState {
  const theirs = server ?? { text: state.published.text, revision: 0, baseVersion: state.published.number };
  const met = { ...state, saving: 'idle' as const };
  if (theirs.text === state.text) return { ...met, saved: theirs.text, revision: theirs.revision };
  return { ...met, theirs: { ...theirs, base: state.saved } };
}

export function keepMine(state: DraftState): DraftState {
  const { theirs, ...rest } = state;
  if (!theirs) return state;
  return theirs.local === undefined ? { ...rest, revision: theirs.revision, saved: theirs.text } : rest;
}

export function takeTheirs(state: DraftState): DraftState {
  const { theirs, ...rest } = state;
  if (!theirs) return state;
  const { text, revision, baseVersion } = theirs;
  return theirs.local === undefined
    ? { ...rest, text, saved: text, revision, baseVersion }
    : { ...rest, text };
}

/** What was typed while the answer was on its way stays a draft of the new version. */
export function publishDone(state: DraftState, version: Version): DraftState {
  return {
    ...state,
    theirs: undefined,
    problem: undefined,
    baseVersion: version.number,
    revision: 0,
    saved: version.text,
    published: version,
    saving: 'idle',
  };
}

/** A newer version was published by somebody; without a draft of ours it is simply shown. */
export function publishedElsewhere(state: DraftState, version: Version): DraftState {
  if (version.number <= state.published.number) return state;
  if (hasDraft(state)) return { ...state, published: version };
  return {
    ...state,
    published: version,
    text: version.text,
    saved: version.text,
    baseVersion: version.number,
  };
}

/** The person compared with the newest version and goes on from there. */
export function rebased(state: DraftState): DraftState {
  return { ...state, baseVersion: state.published.number };
}

/** What this tab keeps in the browser. */
export function copyOf(state: DraftState, at: number): LocalCopy {
  return {
    text: state.text,
    baseVersion: state.baseVersion,
    revision: state.revision,
    dirty: isDirty(state),
    at,
  };
}
