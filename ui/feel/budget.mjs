// SPDX-License-Identifier: Apache-2.0
// How much is loaded, and how soon the overview can be used: the later of its first live figures and the end of the last long task.
// On a machine that has more to do than it has cores the clock says nothing of the console; the work of its main thread still does.
import { cpus } from 'node:os';

const JS_BYTES = 250_000;
const INTERACTIVE_MILLIS = 1_000;
const MAIN_MILLIS = 700;
const RUNS = 5;
/** Share of the cores that others may have while it is judged, and how long a calm moment is waited for. */
const BUSY = 0.4;
const PATIENCE_SECONDS = 60;

export async function budget(session, tell) {
  const { page } = session;
  await session.go('/');
  await session.signIn();
  await session.live();
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        globalThis.longTasks.push(startTime + duration);
    }).observe({ type: 'longtask', buffered: true });
    // The page's own clock, not when we hear of it: what asks has to wait for a turn as well.
    const figures = () =>
      document.querySelector('button[data-state=live]') &&
      document.querySelector('section[aria-label="Key figures"][data-known]');
    const watch = new MutationObserver(() => {
      if (!figures()) return;
      globalThis.shownAt = performance.now();
      watch.disconnect();
    });
    watch.observe(document, { childList: true, subtree: true, attributes: true });
  });
  const others = await calm(page);
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await load(session));
  const { script, style, font } = runs[0];
  tell('initial JS, gz', script <= JS_BYTES, kilo(script), `≤ ${kilo(JS_BYTES)}`);
  tell('initial CSS and fonts', true, `${kilo(style)} and ${kilo(font)}`);
  const times = runs.map((run) => run.interactive).sort((a, b) => a - b);
  const median = Math.round(times[Math.floor(RUNS / 2)]);
  const busy = others > BUSY;
  tell(
    'overview interactive, median of 5',
    busy || median <= INTERACTIVE_MILLIS,
    `${median} ms (${Math.round(times[0])}–${Math.round(times.at(-1))})${busy ? ', not judged: the machine is busy' : ''}`,
    `≤ ${INTERACTIVE_MILLIS} ms`,
  );
  const main = Math.min(...runs.map((run) => run.main));
  tell(
    'main thread until then, best of 5',
    main <= MAIN_MILLIS,
    `${Math.round(main)} ms`,
    `≤ ${MAIN_MILLIS} ms`,
  );
  const requests = Math.max(...runs.map((run) => run.requests));
  tell('requests until then', true, String(requests));
}

/** Waits for a moment in which the cores have little to do, and answers how much it was. */
async function calm(page) {
  let share = 1;
  for (let second = 0; second < PATIENCE_SECONDS && share > BUSY; second++) {
    const before = worked();
    await page.waitForTimeout(1_000);
    const after = worked();
    share = (after.busy - before.busy) / Math.max(1, after.all - before.all);
  }
  return share;
}

function worked() {
  const times = cpus().map((one) => one.times);
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const all = sum(times.flatMap((one) => Object.values(one)));
  return { all, busy: all - sum(times.map((one) => one.idle)) };
}

async function load({ page, site }) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Network.enable');
  await debug.send('Network.clearBrowserCache');
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
  const types = new Map();
  const sums = { Script: 0, Stylesheet: 0, Font: 0 };
  let requests = 0;
  debug.on('Network.responseReceived', ({ requestId, type }) => {
    requests++;
    types.set(requestId, type);
  });
  debug.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId);
    if (type in sums) sums[type] += encodedDataLength;
  });
  // The work of a thread is counted from its start: a page of its own is a thread of its own, or begins at nothing.
  const before = await busyMillis(debug);
  await page.goto(`${site}/`, { waitUntil: 'commit' });
  await page.locator('button[data-state=live]').waitFor();
  await page.locator('section[aria-label="Key figures"][data-known]').waitFor();
  const after = await busyMillis(debug);
  const interactive = await page.evaluate(async () => {
    const shown = globalThis.shownAt;
    const last = () =>
      globalThis.longTasks.filter((end) => end < shown + 600).reduce((a, b) => Math.max(a, b), 0);
    await new Promise((done) => setTimeout(done, 700));
    return Math.max(shown, last());
  });
  await debug.detach();
  const main = after >= before ? after - before : after;
  return { interactive, main, requests, script: sums.Script, style: sums.Stylesheet, font: sums.Font };
}

async function busyMillis(debug) {
  const { metrics } = await debug.send('Performance.getMetrics');
  return 1_000 * metrics.find((one) => one.name === 'TaskDuration').value;
}

const kilo = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
