import type { Request } from './queries';

export type Verdict = 'any' | 'accepted' | 'refused';

export function isAccepted(request: Request): boolean {
  return request.status < 300;
}

export function verdictOf(value: unknown): Verdict {
  return value === 'accepted' || value === 'refused' ? value : 'any';
}

export function chosenOf(requests: readonly Request[], verdict: Verdict): readonly Request[] {
  return requests.filter((one) => verdict === 'any' || isAccepted(one) === (verdict === 'accepted'));
}

/** The first request that brought an event, else one that brought none; and the newest that was refused. */
export function firstOf(requests: readonly Request[]): {
  accepted: Request | undefined;
  refused: Request | undefined;
} {
  const accepted = requests.filter(isAccepted);
  return {
    accepted: accepted.findLast((one) => one.event_id !== null) ?? accepted.at(-1),
    refused: requests.find((one) => !isAccepted(one)),
  };
}

/** Tells a request from the others of the list. */
export function keyOf(request: Request): string {
  return `${request.at} ${request.status} ${request.event_id ?? ''}`;
}
