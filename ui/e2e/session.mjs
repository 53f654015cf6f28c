// SPDX-License-Identifier: Apache-2.0
// What every part of the journey shares: the site, one signed-in browser page, events sent, axe, pictures.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** How long the journey waits for something to show: generous, a loaded machine is slow and not wrong. */
export const PATIENCE_MILLIS = 60_000;
export const DESK = { width: 1440, height: 1000 };
export const TELEPHONE = { width: 390, height: 844 };
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const KEPT_FRAMES = 80;
const FRAME_SHOWN = 300;

/** What `reflexarc up --output json` says first, and what may be given beside it. */
export async function placeOf(options) {
  const facts = options.facts ? JSON.parse(await readFile(options.facts, 'utf8')) : {};
  const place = {
    url: options.url ?? facts.url,
    credentials: options.credentials ?? facts.admin_credentials_file,
    streamUrl: options['event-stream-url'] ?? facts.event_stream_url,
    streamToken: options['event-stream-token'] ?? facts.event_stream_token,
  };
  for (const [name, value] of Object.entries(place))
    assert.ok(value, `${name} is missing: give --facts or its own option`);
  return place;
}

/**
 * Opens a browser on a site. A part of the journey gets the result:
 * `page`, `site`, `send(body?)` to the demo's event stream, `rest(method, path, body?)` as the administrator,
 * `step(name, work)`, `inspect(name)` with axe, `photograph(name)`, `settled()`, `go(path)`,
 * `addPage(name, path, ready, {narrow})` for the tour of all pages, `tolerate(pattern)` for messages of the browser that are wanted,
 * and `memory`, where parts leave what later ones need.
 */
export async function openSession(place, options = {}) {
  const { shots, chromium: executablePath, colorScheme = 'dark' } = options;
  const site = place.url.replace(/\/$/, '');
  const { username, password } = JSON.parse(await readFile(place.credentials, 'utf8'));
  const profile = await mkdtemp(join(tmpdir(), 'reflexarc-e2e-'));
  if (shots) await mkdir(shots, { recursive: true });
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: FLAGS,
    viewport: DESK,
    colorScheme,
  });
  browser.setDefaultTimeout(PATIENCE_MILLIS);
  const page = browser.pages()[0] ?? (await browser.newPage());
  const frames = [];
  const problems = [];
  const tolerated = [];
  const violations = [];
  const pages = [];
  watch(page, frames, problems, tolerated);
  const rest = restOf(site, username, password);

  const session = {
    page,
    browser,
    site,
    place,
    options,
    frames,
    problems,
    violations,
    pages,
    rest,
    user: { username, password },
    memory: {},
    tolerate: (pattern) => tolerated.push(pattern),
    addPage: (name, path, ready, { narrow = false } = {}) => pages.push({ name, path, ready, narrow }),
    async go(path) {
      await page.goto(site + path);
    },
    async step(name, work) {
      const start = performance.now();
      try {
        const result = await work();
        if (!options.quiet) console.log(`ok   ${name} (${Math.round(performance.now() - start)} ms)`);
        return result;
      } catch (error) {
        console.error(`FAIL ${name} at ${page.url()}\nframes of the live socket:\n${frames.join('\n')}`);
        if (shots) await page.screenshot({ path: join(shots, 'failure.png') }).catch(() => {});
        throw error;
      }
    },
    /** Waits until it is so; for what does not stand on the page. */
    async until(holds, millis = PATIENCE_MILLIS) {
      const end = performance.now() + millis;
      while (!holds()) {
        if (performance.now() > end) throw new Error(`not within ${millis} ms: ${holds}`);
        await page.waitForTimeout(50);
      }
    },
    /** Waits until nothing is loading or moving. */
    settled: () =>
      page.waitForFunction(
        () =>
          document.fonts.status === 'loaded' &&
          !document.querySelector('[role=status][aria-busy=true]') &&
          document.getAnimations().every((animation) => animation.playState !== 'running'),
      ),
    /** Runs axe on what is shown now; every violation is named, the journey goes on. */
    async inspect(name) {
      await session.settled();
      // The policy forbids inline scripts, so axe comes in through the debugger and not through the page.
      await page.evaluate(axe);
      const found = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), RULES);
      for (const { id, impact, nodes } of found.violations) {
        violations.push(`${name}: ${id}`);
        console.error(
          `axe  ${name}: ${id} (${impact}) at ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
        );
        console.error(`     ${nodes[0]?.failureSummary?.replaceAll('\n', ' ')}`);
      }
      return found.violations.length;
    },
    async photograph(name) {
      if (!shots) return;
      await session.settled();
      await page.screenshot({ path: join(shots, `${name}.png`) });
    },
    async send(body = options.greeting ?? { greeting: 'hello' }, headers = {}) {
      const answer = await fetch(place.streamUrl, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${place.streamToken}`,
          'Content-Type': 'application/json',
          ...headers,
        },
        body: JSON.stringify(body),
      });
      assert.equal(
        answer.status,
        202,
        `the event stream answered ${answer.status}: ${await answer.clone().text()}`,
      );
      return answer.json();
    },
    async setTheme(theme) {
      await page.evaluate((scheme) => localStorage.setItem('reflexarc-scheme', scheme), theme);
      await page.reload();
      await page.waitForSelector('#main');
    },
    async signIn(name = username, secret = password) {
      await page.getByLabel('User name').fill(name);
      await page.getByLabel('Password').fill(secret);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForSelector('#main');
    },
    /** Signs in when the page asks for it. */
    async signInAgain() {
      await page.locator('#main').or(page.getByLabel('User name')).first().waitFor();
      if (await page.getByLabel('User name').count()) await session.signIn();
    },
    /** Waits until the pill says that figures come live. */
    live: () => page.locator('button[data-state=live]').waitFor(),
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
  return session;
}

const PARTS = new URL('parts/', import.meta.url);

/** Walks through the parts of the journey whose names are wanted, in their order. */
export async function runParts(session, wanted) {
  const names = (await readdir(PARTS)).filter((name) => name.endsWith('.mjs') && wanted(name)).sort();
  for (const name of names) {
    const { default: part } = await import(new URL(name, PARTS));
    await part(session);
  }
}

/** What scrolls sideways on a telephone: only what has to (tables, code), and that by itself, never the page around it. */
const SIDEWAYS =
  '[tabindex="0"], [role=group], [role=tablist], [role=rowgroup], pre, textarea, .cm-scroller, .react-flow';

function tooWide(page) {
  return page.evaluate(
    (sideways) =>
      [...document.querySelectorAll('html, #main, #main *')]
        .filter(
          (one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && !one.matches(sideways),
        )
        .filter((one) => one.tagName === 'HTML' || /auto|scroll/.test(getComputedStyle(one).overflowX))
        .map((one) => `${one.tagName} ${one.id || one.className} by ${one.scrollWidth - one.clientWidth} px`),
    SIDEWAYS,
  );
}

/** Every page that was added, in both themes and at 390 px, with axe and a picture. */
export async function tour(session) {
  const { page, pages, step } = session;
  for (const theme of ['dark', 'light']) {
    await session.setTheme(theme);
    for (const { name, path, ready } of pages)
      await step(`${name}, ${theme}`, () => visit(session, `${name}-${theme}`, path, ready));
  }
  await page.setViewportSize(TELEPHONE);
  for (const { name, path, ready, narrow } of pages) {
    await step(`${name}, 390 px`, async () => {
      await visit(session, `${name}-mobile`, path, ready, narrow || session.options.thorough);
      assert.deepEqual(await tooWide(page), [], `${name} is too wide`);
    });
  }
  await page.setViewportSize(DESK);
}

async function visit(session, name, path, ready, checked = true) {
  await session.go(path);
  await session.page.waitForSelector(ready);
  await session.live();
  await session.photograph(name);
  if (checked) await session.inspect(name);
}

function watch(page, frames, problems, tolerated) {
  const keep = (frame) => {
    frames.push(frame.slice(0, FRAME_SHOWN));
    if (frames.length > KEPT_FRAMES) frames.shift();
  };
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => keep(`> ${String(payload)}`));
    socket.on('framereceived', ({ payload }) => keep(`< ${String(payload)}`));
    socket.on('close', () => keep('closed'));
  });
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !tolerated.some((pattern) => pattern.test(text)))
      problems.push(`console: ${text}`);
  });
}

/** REST as the administrator; an answer above 299 is a failure that says what was answered. */
function restOf(site, username, password) {
  let token;
  return async (method, path, body) => {
    token ??= await fetch(`${site}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
      .then((answer) => answer.json())
      .then((answer) => answer.access_token);
    const answer = await fetch(`${site}/api/eda/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}
