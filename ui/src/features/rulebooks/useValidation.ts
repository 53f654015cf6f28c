import { useEffect, useState } from 'react';
import { problemOf, type Problem } from './editor/findings';
import { linesOf } from './editor/lines';
import { validate } from './queries';

const PAUSE_MILLIS = 250;
/** A text that takes long to send is not sent at every pause. */
const LARGE = 100_000;
const LARGE_PAUSE_MILLIS = 1_000;

export interface Validation {
  /** The text that was checked. */
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly valid: boolean;
  readonly millis: number;
  readonly failed: boolean;
}

/** What the server says of the text, a moment after the last key. An answer to an older text is thrown away. */
export function useValidation(text: string): Validation | undefined {
  const [shown, setShown] = useState<Validation>();
  // Outside system: the server.
  useEffect(() => {
    const abort = new AbortController();
    const check = async () => {
      const begun = performance.now();
      try {
        const { findings, valid } = await validate(text, abort.signal);
        const lines = linesOf(text);
        const problems = findings.map((finding) => problemOf(finding, lines));
        setShown({ text, problems, valid, millis: performance.now() - begun, failed: false });
      } catch {
        if (abort.signal.aborted) return;
        setShown((before) => ({ problems: [], millis: 0, ...before, text, valid: false, failed: true }));
      }
    };
    const timer = setTimeout(() => void check(), text.length > LARGE ? LARGE_PAUSE_MILLIS : PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return shown;
}
