/** What the server says when something foreseen went wrong (RFC 9457), as an error. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly fields: readonly { pointer: string; message: string }[] = [],
  ) {
    super(detail || title);
  }

  /** The server did not answer at all. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** Reads a problem from whatever an answer with an error status carried. */
export function problemOf(status: number, body: unknown): ProblemError {
  const fields = isRecord(body) ? body : {};
  return new ProblemError(
    status,
    typeof fields['title'] === 'string' ? fields['title'] : `HTTP ${status}`,
    typeof fields['detail'] === 'string' ? fields['detail'] : '',
    Array.isArray(fields['errors']) ? fields['errors'] : [],
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
