import { api, body, takeCredentialsFrom } from '@/api/client';
import { ProblemError } from '@/api/problem';
import type { components } from '@/api/schema';

export type User = components['schemas']['User'];

export type Session =
  | { readonly state: 'starting' }
  | { readonly state: 'anonymous'; readonly expired: boolean }
  | { readonly state: 'signed-in'; readonly user: User };

const MARK = 'reflexarc-session';

/**
 * Who is at the screen. The access token stays in memory; what outlives a reload is an HttpOnly cookie, with which the
 * server gives a new one.
 */
export class SessionStore {
  private current: Session = { state: 'starting' };
  private accessToken: string | undefined;
  private renewal: Promise<string | undefined> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor() {
    takeCredentialsFrom({ token: () => this.accessToken, renew: () => this.renew() });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): Session => this.current;

  /** Takes up the session of an earlier visit, if there is one. */
  async start(): Promise<void> {
    try {
      // Without the mark nobody ever signed in here, and asking would only put a 401 into the browser's console.
      if (remembered() && (await this.renew())) {
        await this.load();
        return;
      }
    } catch {
      // The server does not answer: signing in will say so.
    }
    this.become({ state: 'anonymous', expired: false });
  }

  async login(username: string, password: string): Promise<void> {
    const answer = await body(api.POST('/api/auth/login', { body: { username, password, cookie: true } }));
    remember(true);
    this.accessToken = answer.access_token;
    await this.load();
  }

  async logout(): Promise<void> {
    await api.POST('/api/auth/logout', { body: {} }).catch(() => undefined);
    this.end(false);
  }

  /** One renewal for however many requests wait for it, one tab at a time: a refresh token is good for one use. */
  private renew(): Promise<string | undefined> {
    this.renewal ??= alone(() => this.refresh()).finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  private async refresh(): Promise<string | undefined> {
    try {
      const answer = await body(api.POST('/api/auth/refresh', { body: {} }));
      this.accessToken = answer.access_token;
    } catch (problem) {
      if (problem instanceof ProblemError && problem.unreachable) throw problem;
      this.end(true);
    }
    return this.accessToken;
  }

  private async load(): Promise<void> {
    const user = await body(api.GET('/api/eda/v1/users/me/'));
    this.become({ state: 'signed-in', user });
  }

  private end(expired: boolean): void {
    this.accessToken = undefined;
    remember(false);
    this.become({ state: 'anonymous', expired: expired && this.current.state === 'signed-in' });
  }

  private become(next: Session): void {
    this.current = next;
    this.listeners.forEach((listener) => listener());
  }
}

function alone<T>(work: () => Promise<T>): Promise<T> {
  // Only secure contexts have locks; elsewhere two tabs that renew at once may have to sign in again.
  const { locks } = navigator as { locks?: LockManager | null };
  return locks ? (locks.request('reflexarc-renewal', work) as Promise<T>) : work();
}

function remembered(): boolean {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return true;
  }
}

function remember(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(MARK, '1');
    else localStorage.removeItem(MARK);
  } catch {
    // Storage is closed in some private modes; the cookie alone decides then.
  }
}
