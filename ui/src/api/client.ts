import createClient from 'openapi-fetch';
import { ProblemError, problemOf } from './problem';
import type { paths } from './schema';

/** Where the console is mounted: the server writes `<base href>`. */
export const base = new URL('.', document.baseURI);

/** Gives the token to send, and a newer one when the server refused it. */
export interface Credentials {
  token(): string | undefined;
  renew(): Promise<string | undefined>;
}

let credentials: Credentials = { token: () => undefined, renew: () => Promise.resolve(undefined) };

export function takeCredentialsFrom(source: Credentials): void {
  credentials = source;
}

function withToken(request: Request, token: string | undefined): Request {
  if (token) request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

/** Sends a request; an answer 401 renews the session once and sends it again. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await globalThis.fetch(withToken(request, credentials.token())).catch(() => unreachable());
  if (answer.status !== 401 || isAuth(request)) return answer;
  const token = await credentials.renew();
  return token ? globalThis.fetch(withToken(again, token)).catch(() => unreachable()) : answer;
}

function isAuth(request: Request): boolean {
  return new URL(request.url).pathname.includes('/api/auth/');
}

function unreachable(): never {
  throw new ProblemError(0, 'No answer', '');
}

export const api = createClient<paths>({ baseUrl: base.href.replace(/\/$/, ''), fetch: send });

/** The answer's body; an error status becomes a {@link ProblemError}. */
export async function body<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response.status, error);
  return data as T;
}
