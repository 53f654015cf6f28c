// SPDX-License-Identifier: Apache-2.0
// How much is loaded, and how soon the overview can be used: the later of its first live figures and the end of the last long task.
const JS_BYTES = 250_000;
const INTERACTIVE_MILLIS = 1_000;
const RUNS = 5;

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
  });
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await load(session));
  const { script, style, font } = runs[0];
  tell('initial JS, gz', script <= JS_BYTES, kilo(script), `≤ ${kilo(JS_BYTES)}`);
  tell('initial CSS and fonts', true, `${kilo(style)} and ${kilo(font)}`);
  const times = runs.map((run) => run.interactive).sort((a, b) => a - b);
  const median = Math.round(times[Math.floor(RUNS / 2)]);
  tell(
    'overview interactive, median of 5',
    median <= INTERACTIVE_MILLIS,
    `${median} ms (${Math.round(times[0])}–${Math.round(times.at(-1))})`,
    `≤ ${INTERACTIVE_MILLIS} ms`,
  );
}

async function load({ page, site }) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Network.enable');
  await debug.send('Network.clearBrowserCache');
  const types = new Map();
  const sums = { Script: 0, Stylesheet: 0, Font: 0 };
  debug.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  debug.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId);
    if (type in sums) sums[type] += encodedDataLength;
  });
  await page.goto(`${site}/`, { waitUntil: 'commit' });
  await page.locator('button[data-state=live]').waitFor();
  await page.getByRole('region', { name: 'Key figures' }).waitFor();
  const interactive = await page.evaluate(async () => {
    const shown = performance.now();
    const last = () =>
      globalThis.longTasks.filter((end) => end < shown + 600).reduce((a, b) => Math.max(a, b), 0);
    await new Promise((done) => setTimeout(done, 700));
    return Math.max(shown, last());
  });
  await debug.detach();
  return { interactive, script: sums.Script, style: sums.Stylesheet, font: sums.Font };
}

const kilo = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
