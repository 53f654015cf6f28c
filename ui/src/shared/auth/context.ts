import { createContext, use, useSyncExternalStore } from 'react';
import type { Session, SessionStore, User } from './session';

export const SessionContext = createContext<SessionStore | null>(null);

export function useSessionStore(): SessionStore {
  const store = use(SessionContext);
  if (!store) throw new Error('no session store above this component');
  return store;
}

export function useSession(): Session {
  const store = useSessionStore();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The signed-in user; only below the shell, which is shown to nobody else. */
export function useUser(): User {
  const session = useSession();
  if (session.state !== 'signed-in') throw new Error('nobody is signed in');
  return session.user;
}
