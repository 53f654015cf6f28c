// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, body } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { may } from './permissions';
import { SessionStore } from './session';

/** A server with one user whose access token can run out. */
class Server {
  token = 0;
  refreshable = true;
  readonly calls: string[] = [];

  readonly fetch = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    this.calls.push(path);
    await Promise.resolve();
    switch (path) {
      case '/api/auth/login': {
        const { password } = (await request.json()) as { password: string };
        return password === 'right' ? this.session() : this.refuse();
      }
      case '/api/auth/refresh':
        return this.refreshable ? this.session() : this.refuse();
      case '/api/auth/logout':
        return new Response(null, { status: 204 });
      default:
        if (request.headers.get('Authorization') !== `Bearer ${this.token}`) return this.refuse();
        return Response.json({ id: 1, username: 'ada', role: 'operator', permissions: ['operate:task'] });
    }
  };

  count(path: string): number {
    return this.calls.filter((call) => call === path).length;
  }

  private session(): Response {
    return Response.json({ access_token: String(++this.token) });
  }

  private refuse(): Response {
    return Response.json({ title: 'Not authenticated', detail: 'No.' }, { status: 401 });
  }
}

describe('the session', () => {
  let server: Server;
  let session: SessionStore;

  beforeEach(() => {
    localStorage.clear();
    server = new Server();
    vi.stubGlobal('fetch', server.fetch);
    session = new SessionStore();
  });
  afterEach(() => vi.unstubAllGlobals());

  const me = () => body(api.GET('/api/eda/v1/users/me/'));

  it('asks nobody at a first visit', async () => {
    await session.start();
    expect(session.get()).toEqual({ state: 'anonymous', expired: false });
    expect(server.calls).toEqual([]);
  });

  it('knows who signed in', async () => {
    await session.login('ada', 'right');
    expect(session.get()).toMatchObject({ state: 'signed-in', user: { username: 'ada' } });
  });

  it('refuses a wrong password with what the server says', async () => {
    await expect(session.login('ada', 'wrong')).rejects.toThrow('No.');
    expect(server.count('/api/auth/refresh')).toBe(0);
  });

  it('is taken up again after a reload', async () => {
    await session.login('ada', 'right');
    const reloaded = new SessionStore();
    await reloaded.start();
    expect(reloaded.get().state).toBe('signed-in');
  });

  it('is renewed once for requests that fail together, and they are sent again', async () => {
    await session.login('ada', 'right');
    server.token++;
    const users = await Promise.all([me(), me(), me()]);
    expect(users.map((user) => user.username)).toEqual(['ada', 'ada', 'ada']);
    expect(server.count('/api/auth/refresh')).toBe(1);
  });

  it('ends when it cannot be renewed, and says that it expired', async () => {
    await session.login('ada', 'right');
    server.token++;
    server.refreshable = false;
    await expect(me()).rejects.toBeInstanceOf(ProblemError);
    expect(session.get()).toEqual({ state: 'anonymous', expired: true });
  });

  it('outlives a server that does not answer', async () => {
    await session.login('ada', 'right');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
    await expect(me()).rejects.toMatchObject({ unreachable: true });
    expect(session.get().state).toBe('signed-in');
  });

  it('ends on request', async () => {
    await session.login('ada', 'right');
    await session.logout();
    expect(session.get()).toEqual({ state: 'anonymous', expired: false });
    const reloaded = new SessionStore();
    await reloaded.start();
    expect(reloaded.get().state).toBe('anonymous');
  });

  it('offers what the server permits', async () => {
    await session.login('ada', 'right');
    const current = session.get();
    if (current.state !== 'signed-in') throw new Error('nobody is signed in');
    expect(may(current.user, 'operate:task')).toBe(true);
    expect(may(current.user, 'operate:activation')).toBe(false);
  });
});
