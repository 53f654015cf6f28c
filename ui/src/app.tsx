import { MantineProvider, createTheme, localStorageColorSchemeManager } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { base } from './api/client';
import { ProblemError } from './api/problem';
import { SessionContext, useSession } from './shared/auth/context';
import { SessionStore } from './shared/auth/session';
import { browser } from './shared/live/browser';
import { LiveContext } from './shared/live/context';
import { keepFresh } from './shared/live/refresh';
import { LiveStore } from './shared/live/store';
import { pageOf } from './shared/page';
import { router } from './router';

const Login = lazy(() => import('./shared/ui/Login'));
const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  primaryColor: 'indigo',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
});
const schemes = localStorageColorSchemeManager({ key: 'reflexarc-scheme' });
const session = new SessionStore();

/** A refusal or a missing object stays what it is; only a server that did not answer is asked again. */
function again(failures: number, problem: Error): boolean {
  return failures < 2 && problem instanceof ProblemError && (problem.unreachable || problem.status >= 502);
}

/** Asks for the session of an earlier visit, and meanwhile for the page that will be shown: neither waits for the other. */
export function begin(): void {
  void session.start();
  // A page that cannot be loaded says so where it would stand.
  void pageOf(location.pathname.slice(base.pathname.length))
    ?.load()
    .catch(() => undefined);
}

export function App({ nonce }: { nonce: string }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={() => nonce}
    >
      <SessionContext value={session}>
        <Gate />
      </SessionContext>
      <Notifications position="bottom-right" />
    </MantineProvider>
  );
}

function Gate() {
  const current = useSession();
  if (current.state === 'starting') return null;
  return (
    <Suspense>
      {current.state === 'anonymous' ? (
        <Login expired={current.expired} />
      ) : (
        <Console key={current.user.id} />
      )}
    </Suspense>
  );
}

/** Everything that belongs to one signed-in user; another user gets new stores. */
function Console() {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 5_000, retry: again }, mutations: { retry: false } },
      }),
  );
  const [live] = useState(() => new LiveStore(browser, Date.now));
  // Outside system: the WebSocket.
  useEffect(() => {
    live.start();
    const stop = keepFresh(live, client, browser.later);
    const hurry = () => live.hurry();
    addEventListener('online', hurry);
    return () => {
      removeEventListener('online', hurry);
      stop();
      live.stop();
    };
  }, [live, client]);
  return (
    <QueryClientProvider client={client}>
      <LiveContext value={live}>
        <RouterProvider router={router} />
      </LiveContext>
    </QueryClientProvider>
  );
}
