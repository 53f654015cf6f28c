// SPDX-License-Identifier: Apache-2.0
// A server that speaks the recorded live protocol: everything but the WebSocket is the site's own, the frames are those that the
// site sent in some seconds, told again and again with new numbers, times and ids, and with figures as of a higher rate.
import { createServer, request } from 'node:http';
import { WebSocketServer } from 'ws';

/** What the site sends to the overview, to the tape and to a list in so many milliseconds: frames by channel. */
export async function record(session, millis) {
  const { page } = session;
  const frames = [];
  const channels = new Map();
  let start = 0;
  const watch = (socket) => {
    socket.on('framesent', ({ payload }) => {
      const { op, id, ch } = JSON.parse(String(payload));
      if (op === 'sub') channels.set(id, ch);
    });
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(String(payload));
      const ch = channels.get(frame.id);
      if (ch)
        frames.push({ at: performance.now() - start, ch, k: frame.k, d: frame.d, dropped: frame.dropped });
    });
  };
  page.on('websocket', watch);
  await session.go('/events');
  await session.live();
  start = performance.now();
  await page.waitForTimeout(millis);
  page.off('websocket', watch);
  return {
    millis,
    frames: frames.filter((frame) => frame.k === 'delta' && frame.at > 0),
    snaps: newest(frames),
  };
}

function newest(frames) {
  const snaps = new Map();
  for (const { ch, k, d } of frames) if (k === 'snap') snaps.set(ch, d);
  return snaps;
}

export async function openReplay(site, recording, perSecond) {
  const target = new URL(site);
  const server = createServer((question, answer) => {
    const passed = request(
      {
        host: target.hostname,
        port: target.port,
        path: question.url,
        method: question.method,
        headers: question.headers,
      },
      (given) => {
        answer.writeHead(given.statusCode, given.headers);
        given.pipe(answer);
      },
    );
    passed.on('error', () => answer.destroy());
    question.pipe(passed);
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'v1.json' });
  server.on('upgrade', (question, socket, head) =>
    sockets.handleUpgrade(question, socket, head, (client) => speak(client, recording, perSecond, tell)),
  );
  let told = 0;
  const tell = (count) => (told += count);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    told: () => told,
    close() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

const FRAME_MILLIS = 250;
const TAIL_ROWS = 50;

/** One client: a snapshot for each subscription, then four frames a second for as long as it listens. */
function speak(client, recording, perSecond, tell) {
  const subscribed = new Map();
  let seq = 0;
  const send = (id, k, d, dropped = 0) =>
    client.send(JSON.stringify({ id, k, seq: `r.${++seq}`, d, dropped }));
  client.on('message', (text) => {
    const { op, id, ch } = JSON.parse(String(text));
    if (op === 'sub') {
      subscribed.set(id, ch);
      send(id, 'snap', recording.snaps.get(ch) ?? []);
    } else if (op === 'unsub') subscribed.delete(id);
  });
  const rows = (ch) => recording.frames.filter((frame) => frame.ch === ch).flatMap((frame) => frame.d ?? []);
  const tails = rows('tail');
  const ticks = rows('stats');
  const decisions = rows('decisions');
  const objects = recording.frames.filter((frame) => frame.ch === 'objects').map((frame) => frame.d ?? []);
  let turn = 0;
  const again = (row, number) => ({
    ...row,
    id: `${row.id.slice(0, 24)}${String(number).padStart(12, '0')}`,
  });
  const timer = setInterval(() => {
    turn++;
    const now = new Date().toISOString();
    for (const [id, ch] of subscribed) {
      if (ch === 'tail' && tails.length > 0) {
        const shown = Array.from({ length: TAIL_ROWS }, (_, i) => ({
          ...again(tails[(turn * TAIL_ROWS + i) % tails.length], turn * TAIL_ROWS + i),
          at: now,
        }));
        send(id, 'delta', shown, perSecond * (FRAME_MILLIS / 1_000) - TAIL_ROWS);
      }
      if (ch === 'stats' && turn % 4 === 0 && ticks.length > 0)
        send(id, 'delta', [scaled(ticks[(turn / 4) % ticks.length], now, perSecond)]);
      if (ch === 'decisions' && decisions.length > 0)
        send(
          id,
          'delta',
          Array.from({ length: 25 }, (_, i) => ({
            ...again(decisions[(turn * 25 + i) % decisions.length], turn * 25 + i),
            committed_at: now,
          })),
        );
      if (ch === 'objects' && objects.length > 0) send(id, 'delta', objects[turn % objects.length]);
    }
    tell(perSecond * (FRAME_MILLIS / 1_000));
  }, FRAME_MILLIS);
  client.on('close', () => clearInterval(timer));
}

/** A second's figures, as they would be at another rate. */
function scaled(tick, at, perSecond) {
  const names = Object.keys(tick.events_per_s);
  const sum = Object.values(tick.events_per_s).reduce((all, one) => all + one, 0) || 1;
  const part = (value) => (value / sum) * perSecond * (0.9 + Math.random() * 0.2);
  return {
    ...tick,
    at,
    events_per_s: Object.fromEntries(
      (names.length ? names : ['replayed']).map((name) => [name, part(tick.events_per_s[name] ?? sum)]),
    ),
  };
}
