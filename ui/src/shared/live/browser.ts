import { api, base, body } from '@/api/client';
import type { Socket, Surroundings } from './connection';

const SUB_PROTOCOL = 'v1.json';

/** A browser cannot send a token with a WebSocket: it asks for a one-time ticket and puts that into the URL. */
export const browser: Surroundings = {
  url: async () => {
    const { ticket } = await body(api.POST('/api/eda/v1/live/ticket/'));
    const url = new URL('ws', base);
    url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('ticket', ticket);
    return url.href;
  },
  open: (url) => new WebSocket(url, SUB_PROTOCOL) as Socket,
  later: (millis, work) => {
    const timer = setTimeout(work, millis);
    return () => clearTimeout(timer);
  },
  random: Math.random,
  online: () => navigator.onLine,
};
