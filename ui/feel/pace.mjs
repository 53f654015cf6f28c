// SPDX-License-Identifier: Apache-2.0
// Frames per second and the share of the main thread while events pour in.
import { Agent, request } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { openReplay, record } from './replay.mjs';

const SECONDS = 10;
const FPS = 57;
/** On a machine with more than twice as much to do as it has cores, others take turns with the browser. */
const FPS_BUSY = 50;
const MAIN_PERCENT = 15;

/** 1,000 events a second through the running site. */
export async function live(session, tell) {
  await session.go('/');
  await session.signIn();
  const load = pour(session.place, 1_000);
  try {
    for (const [name, path] of VIEWS) {
      await session.go(path);
      await session.live();
      await load.steady(session);
      await measure(session, tell, `${name} at 1,000/s`, () => load.accepted());
    }
  } finally {
    await load.stop();
  }
}

/** 10,000 events a second as the site would tell of them. */
export async function replay(session, tell) {
  await session.go('/');
  await session.signIn();
  const load = pour(session.place, 300);
  const recording = await record(session, 6_000);
  await load.stop();
  const server = await openReplay(session.site, recording, 10_000);
  try {
    await session.page.goto(`${server.url}/`);
    await session.signIn();
    for (const [name, path] of VIEWS) {
      await session.page.goto(server.url + path);
      await session.live();
      await session.until(() => server.told() > 0);
      await measure(session, tell, `${name} at 10,000/s replayed`, () => server.told());
    }
  } finally {
    await server.close();
  }
}

const VIEWS = [
  ['overview', '/'],
  ['events', '/events'],
  ['decisions', '/decisions'],
];

async function measure({ page }, tell, name, events) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await debug.send('Performance.getMetrics');
    return metrics.find((one) => one.name === 'TaskDuration').value;
  };
  await page.evaluate(() => {
    globalThis.drawn = { frames: 0, worst: 0 };
    let last = performance.now();
    const frame = (now) => {
      globalThis.drawn.frames++;
      globalThis.drawn.worst = Math.max(globalThis.drawn.worst, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const start = { time: performance.now(), busy: await busy(), events: events(), ...(await drawn(page)) };
  await page.waitForTimeout(SECONDS * 1_000);
  const end = { time: performance.now(), busy: await busy(), events: events(), ...(await drawn(page)) };
  await debug.detach();
  const seconds = (end.time - start.time) / 1_000;
  const fps = (end.frames - start.frames) / seconds;
  const percent = (100 * (end.busy - start.busy)) / seconds;
  const least = loadavg()[0] > 2 * availableParallelism() ? FPS_BUSY : FPS;
  const rate = Math.round((end.events - start.events) / seconds);
  tell(
    `${name}, frames`,
    fps >= least,
    `${fps.toFixed(0)} fps, worst ${end.worst.toFixed(0)} ms, ${rate} ev/s`,
    `≥ ${least} fps`,
  );
  tell(`${name}, main thread`, percent <= MAIN_PERCENT, `${percent.toFixed(1)} %`, `≤ ${MAIN_PERCENT} %`);
}

const drawn = (page) => page.evaluate(() => globalThis.drawn);

/** Sends so many events a second until it is stopped. */
export function pour({ streamUrl, streamToken }, perSecond) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const url = new URL(streamUrl);
  let accepted = 0;
  let open = 0;
  let owed = 0;
  let last = performance.now();
  const send = (number) =>
    new Promise((done) => {
      const body = JSON.stringify({
        load: number,
        host: `web${number % 40}`,
        severity: number % 9 ? 'info' : 'critical',
      });
      const post = request(
        url,
        {
          method: 'POST',
          agent,
          headers: {
            Authorization: `Bearer ${streamToken}`,
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
          },
        },
        (answer) => {
          if (answer.statusCode === 202) accepted++;
          answer.resume().on('end', done);
        },
      );
      post.on('error', done);
      post.end(body);
    });
  let number = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    owed = Math.min(perSecond, owed + ((now - last) * perSecond) / 1_000);
    last = now;
    while (owed >= 1 && open < 256) {
      owed--;
      open++;
      void send(number++).finally(() => open--);
    }
  }, 10);
  return {
    accepted: () => accepted,
    /** Waits until events are taken. */
    steady: (session) => {
      const before = accepted;
      return session.until(() => accepted > before + perSecond);
    },
    async stop() {
      clearInterval(timer);
      while (open > 0) await new Promise((done) => setTimeout(done, 50));
      agent.destroy();
    },
  };
}
