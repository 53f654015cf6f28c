// SPDX-License-Identifier: Apache-2.0
// The journey of one event, seen in a browser: sign in, watch the overview, send an event, see its decision appear,
// open it and read event → rule → action → output. On the way every page is checked with axe and photographed.
//
//   node e2e/arc.mjs --facts facts.json [--shots folder] [--event file.json] [--output text] [--chromium path]
//
// The facts are what `reflexarc up --output json` says first: `url`, `admin_credentials_file`, `event_stream_url` and
// `event_stream_token`. Each can be given by itself: --url, --credentials, --event-stream-url, --event-stream-token.
// `--event` is sent instead of a greeting, `--output` is a text that an action must have printed or answered.
// Exit 0 when all of it held.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: options } = parseArgs({
  options: {
    facts: { type: 'string' },
    url: { type: 'string' },
    credentials: { type: 'string' },
    'event-stream-url': { type: 'string' },
    'event-stream-token': { type: 'string' },
    event: { type: 'string' },
    output: { type: 'string' },
    shots: { type: 'string' },
    chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
const facts = options.facts ? JSON.parse(await readFile(options.facts, 'utf8')) : {};
const place = {
  url: options.url ?? facts.url,
  credentials: options.credentials ?? facts.admin_credentials_file,
  streamUrl: options['event-stream-url'] ?? facts.event_stream_url,
  streamToken: options['event-stream-token'] ?? facts.event_stream_token,
};
for (const [name, value] of Object.entries(place))
  assert.ok(value, `${name} is missing: give --facts or its own option`);

const site = place.url.replace(/\/$/, '');
const LIVE_MILLIS = 15_000;
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
/** What the demo's rulebook answers. */
const GREETING = JSON.stringify({ greeting: 'hello' });
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { username, password } = JSON.parse(await readFile(place.credentials, 'utf8'));
const problems = [];
let violations = 0;
/** What went over the live socket, for the report of a failure. */
const frames = [];
const KEPT_FRAMES = 80;
const FRAME_SHOWN = 300;

async function send() {
  const answer = await fetch(place.streamUrl, {
    method: 'POST',
    headers: { Authorization: `Bearer ${place.streamToken}`, 'Content-Type': 'application/json' },
    body: options.event ? await readFile(options.event, 'utf8') : GREETING,
  });
  assert.equal(
    answer.status,
    202,
    `the event stream answered ${answer.status}: ${await answer.clone().text()}`,
  );
  return answer.json();
}

async function step(name, work) {
  const start = performance.now();
  const result = await work();
  console.log(`ok   ${name} (${Math.round(performance.now() - start)} ms)`);
  return result;
}

/** Runs axe on what is shown now; every violation is named, the journey goes on. */
async function inspect(page, name) {
  // The policy forbids inline scripts, so axe comes in through the debugger and not through the page.
  await page.evaluate(axe);
  const found = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), RULES);
  for (const { id, impact, nodes } of found.violations) {
    violations++;
    console.error(
      `axe  ${name}: ${id} (${impact}) at ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
    );
    console.error(`     ${nodes[0]?.failureSummary?.replaceAll('\n', ' ')}`);
  }
}

async function photograph(page, name) {
  if (options.shots) await page.screenshot({ path: join(options.shots, `${name}.png`) });
}

const THEMES = ['dark', 'light'];
/** Pages with a layout of their own on a telephone; the others only get narrower. */
const NARROW_CHECKED = new Set(['overview', 'decision', 'events', 'event-beside', 'actions']);
async function setTheme(page, theme) {
  await page.evaluate((scheme) => localStorage.setItem('reflexarc-scheme', scheme), theme);
  await page.reload();
  await page.waitForSelector('#main');
}

async function visit(page, name, path, ready, checked = true) {
  await page.goto(site + path);
  await page.waitForSelector(ready);
  await page.waitForTimeout(700);
  await photograph(page, name);
  if (checked) await inspect(page, name);
}

function watch(page) {
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => frames.push(`> ${String(payload).slice(0, FRAME_SHOWN)}`));
    socket.on('framereceived', ({ payload }) => frames.push(`< ${String(payload).slice(0, FRAME_SHOWN)}`));
    socket.on('close', () => frames.push('closed'));
  });
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // A condition with a mistake is refused, and Chromium reports every refusal.
    const refused = message.text().includes('status of 422');
    if (message.type() === 'error' && !refused) problems.push(`console: ${message.text()}`);
  });
}

async function signIn(page) {
  await page.goto(site + '/');
  await page.getByLabel('User name').fill(username);
  await inspect(page, 'login');
  await photograph(page, 'login');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForSelector('#main');
}

async function seeLive(page) {
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await page.locator('button[data-state=live]').waitFor({ timeout: LIVE_MILLIS });
  await page.getByRole('region', { name: 'Key figures' }).waitFor();
}

/** A decision that does not appear was either not made or not told: the server says which. */
async function tellWhatIsKnown(page, eventId) {
  console.error(`frames of the live socket:\n${frames.slice(-KEPT_FRAMES).join('\n')}`);
  await photograph(page, 'failure');
  const login = await fetch(`${site}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  const headers = { Authorization: `Bearer ${(await login.json()).access_token}` };
  for (const path of [`events/${encodeURIComponent(eventId)}`, 'activations/']) {
    const answer = await fetch(`${site}/api/eda/v1/${path}`, { headers });
    console.error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}

/** Waits on the open overview, without a reload, for a decision that was not there before. */
async function decisionOf(page, eventId, before) {
  const latest = page.getByRole('list', { name: 'Latest decisions' });
  const fresh = latest.locator('a').filter({ has: page.locator('time') });
  try {
    await page.waitForFunction(
      (known) => {
        const links = [...document.querySelectorAll('ul[aria-label="Latest decisions"] a')];
        return links.some((link) => !known.includes(link.getAttribute('href')));
      },
      before,
      { timeout: LIVE_MILLIS },
    );
  } catch (error) {
    await tellWhatIsKnown(page, eventId);
    throw error;
  }
  const hrefs = await fresh.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const added = hrefs.filter((href) => !before.includes(href));
  for (const href of added) {
    await latest.locator(`a[href="${href}"]`).click();
    await page.getByRole('region', { name: 'Decision', exact: true }).waitFor();
    if (await page.getByTitle(eventId).count()) return;
    await page.goBack();
    await latest.waitFor();
  }
  assert.fail(`none of ${added.length} new decisions matched event ${eventId}`);
}

async function readArc(page) {
  const main = page.locator('#main');
  await main.getByRole('group', { name: 'Payload' }).first().waitFor();
  await main.getByRole('region', { name: 'Rule', exact: true }).waitFor();
  const status = main.getByRole('region', { name: 'Decision', exact: true });
  await status.getByText('Succeeded').waitFor({ timeout: 60_000 });
  const output = main.getByRole('log', { name: 'Output' }).first();
  await output.waitFor();
  const printed = await output.innerText();
  assert.ok(printed.trim(), 'the action printed nothing');
  if (options.output)
    assert.ok(printed.includes(options.output), `the output lacks “${options.output}”: ${printed}`);
}

/** Pages that exist now, with what must be there before they are looked at. */
async function pagesOf(page, eventId) {
  const decision = new URL(page.url()).pathname.replace(new URL(site).pathname.replace(/\/$/, ''), '');
  return [
    ['overview', '/', 'section[aria-label="Key figures"]'],
    ['events', '/events', '[role=table] [role=cell]'],
    ['event-beside', `/events?sel=${encodeURIComponent(eventId)}`, 'aside[aria-label=Event] details'],
    ['decisions', '/decisions', 'table'],
    ['actions', '/actions', 'main [role=search]'],
    ['decision', decision, 'section[aria-label=Decision]'],
    ['event', `/events/${encodeURIComponent(eventId)}`, 'section[aria-label="What each rule said"]'],
    ['activations', '/activations', 'table'],
    ['activation', '/activations/1', 'section[aria-label=Activation]'],
    ['event-streams', '/event-streams', 'main section[aria-label]'],
    ['rulebooks', '/rulebooks', 'table'],
    ['rulebook', '/rulebooks/1', 'main section[aria-label]'],
    ['not-found', '/no-such-page', 'main a[href]'],
  ];
}

/** On the open tape an event appears by itself; a condition finds it again; a mistake in one is named with its place. */
async function watchEvents(page) {
  await page.goto(site + '/events');
  await page.locator('button[data-state=live]').waitFor({ timeout: LIVE_MILLIS });
  await page.getByRole('table', { name: 'Events' }).waitFor();
  const { event_id: id } = await send();
  await page.keyboard.press('/');
  await page.keyboard.type(`event.meta.uuid == "${id}"`);
  await page.getByText('1 found').waitFor({ timeout: LIVE_MILLIS });
  await page.getByRole('table', { name: 'Events' }).getByRole('button').first().click();
  const beside = page.getByRole('complementary', { name: 'Event', exact: true });
  await beside.getByTitle(id).waitFor();
  await beside.getByRole('region', { name: 'What each rule said' }).waitFor();
  await page.keyboard.press('Escape');
  await beside.waitFor({ state: 'hidden' });
  await page.getByLabel('Search events').fill('event.meta.uuid ==');
  await page.getByText('The condition cannot be read').waitFor({ timeout: LIVE_MILLIS });
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('table', { name: 'Events' }).waitFor();
}

/** Actions by where they stand, one of them opened when there is one. */
async function readActions(page) {
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.getByRole('heading', { name: 'Actions', level: 1 }).waitFor();
  await page.getByRole('button', { name: /^Dead letters/ }).click();
  await page.waitForURL(/tab=dead/);
  await page.getByText('No dead letters').waitFor();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.waitForURL(/tab=all/);
}

async function keyboard(page) {
  await page.goto(site + '/');
  await page.waitForSelector('#main');
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.waitForURL(/\/decisions/);
  // The overview has a table as well: the filter is only here.
  await page.getByLabel('Rule name').waitFor();
  await page.waitForSelector('tbody tr');
  await page.keyboard.press('j');
  await page.waitForSelector('tr[data-active]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/decisions\/[0-9a-f-]+/);
  await page.keyboard.press('Space');
  await page.locator('button[data-state=paused]').waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('activ');
  await page.waitForTimeout(500);
  await inspect(page, 'palette');
  await photograph(page, 'palette');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/activations/);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.waitForTimeout(300);
  await inspect(page, 'keys');
}

const profile = await mkdtemp(join(tmpdir(), 'reflexarc-e2e-'));
if (options.shots) await mkdir(options.shots, { recursive: true });
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: options.chromium,
  args: FLAGS,
  viewport: { width: 1440, height: 1000 },
  colorScheme: 'dark',
});
try {
  const page = browser.pages()[0] ?? (await browser.newPage());
  watch(page);
  await step('signs in', () => signIn(page));
  await step('the overview is live', () => seeLive(page));
  const before = await page
    .locator('ul[aria-label="Latest decisions"] a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const { event_id: eventId } = await step('sends an event', send);
  await step('its decision appears on the open overview', () => decisionOf(page, eventId, before));
  await step('the decision shows event, rule, action and output', () => readArc(page));
  const pages = await pagesOf(page, eventId);
  await step('the event shows on the tape and is found by a condition', () => watchEvents(page));
  await step('actions are listed by where they stand', () => readActions(page));
  await step('the keyboard reaches everything', () => keyboard(page));
  for (const theme of THEMES) {
    await setTheme(page, theme);
    for (const [name, path, ready] of pages) {
      await step(`${name}, ${theme}`, () => visit(page, `${name}-${theme}`, path, ready));
    }
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [name, path, ready] of pages) {
    await step(`${name}, 390 px`, async () => {
      await visit(page, `${name}-mobile`, path, ready, NARROW_CHECKED.has(name));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
    });
  }
  await page.setViewportSize({ width: 1440, height: 1000 });
  await step('signs out', async () => {
    await page.goto(site + '/');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Reflexarc' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to Reflexarc' }).waitFor();
  });
  assert.deepEqual(problems, [], 'the browser complained');
  assert.equal(violations, 0, `axe found ${violations} violations`);
  console.log('The arc holds.');
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
