// SPDX-License-Identifier: Apache-2.0
// The WebSocket is cut a hundred times while events arrive: each of them must come to the tape once, none twice, none never.
import { setTimeout as after } from 'node:timers/promises';
import { openProxy } from '../e2e/proxy.mjs';

const DROPS = 100;
const EVERY_MILLIS = 100;

export async function drops(session, tell) {
  const { page } = session;
  const proxy = await openProxy(session.site);
  const rows = new Map();
  let gaps = 0;
  let snapshots = 0;
  const channels = new Map();
  /** Sockets that have brought something. */
  let answered = 0;
  page.on('websocket', (socket) => {
    let silent = true;
    socket.on('framesent', ({ payload }) => {
      const { op, id, ch } = JSON.parse(String(payload));
      if (op === 'sub') channels.set(id, ch);
    });
    socket.on('framereceived', ({ payload }) => {
      const { id, k, d } = JSON.parse(String(payload));
      if (silent) answered++;
      silent = false;
      if (channels.get(id) !== 'tail') return;
      if (k === 'gap') gaps++;
      if (k === 'snap') snapshots++;
      if (k === 'snap' || k === 'delta') for (const row of d) rows.set(row.id, (rows.get(row.id) ?? 0) + 1);
    });
  });
  try {
    await page.goto(`${proxy.url}/`);
    await session.signIn();
    await page.goto(`${proxy.url}/events`);
    await session.live();
    await session.until(() => snapshots > 0);
    const sent = [];
    let sending = true;
    const sender = (async () => {
      while (sending) {
        sent.push((await session.send({ drop: sent.length })).event_id);
        await after(EVERY_MILLIS);
      }
    })();
    let cut = 0;
    let slowest = 0;
    while (cut < DROPS) {
      const before = answered;
      const start = performance.now();
      cut += proxy.cut();
      // The state on the screen follows four times a second: a quick return never shows.
      await session.until(() => answered > before);
      slowest = Math.max(slowest, performance.now() - start);
    }
    sending = false;
    await sender;
    await session.until(() => sent.every((id) => rows.has(id)), 20_000).catch(() => {});
    const missing = sent.filter((id) => !rows.has(id)).length;
    const twice = sent.filter((id) => rows.get(id) > 1).length;
    tell('forced drops', cut >= DROPS, `${cut}, slowest return ${(slowest / 1000).toFixed(1)} s`, `${DROPS}`);
    tell('events that never came', missing === 0, `${missing} of ${sent.length}`, '0');
    tell('events that came twice', twice === 0, `${twice} of ${sent.length}`, '0');
    tell('gaps told', gaps === 0, String(gaps), '0');
    const shown = await shownOnce(page, sent);
    tell(
      'rows on the tape',
      shown.twice === 0,
      `${shown.rows} shown, ${shown.twice} of them twice`,
      '0 twice',
    );
  } finally {
    await proxy.close();
  }
}

/** What stands on the screen, by the id that opens it. */
async function shownOnce(page, sent) {
  const ids = await page
    .getByRole('table', { name: 'Events' })
    .locator('[data-id]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')));
  const known = ids.filter((id) => sent.includes(id));
  return { rows: ids.length, twice: known.length - new Set(known).size };
}
