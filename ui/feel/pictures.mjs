// SPDX-License-Identifier: Apache-2.0
// The pictures of README.md and docs: a site on a working day, once its charts have something to say.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TELEPHONE } from '../e2e/session.mjs';
import { lively } from './lively.mjs';

const LARGEST_BYTES = 200_000;
/** Smaller than the desk of the other steps, for pages of documentation. */
const PAGE = { width: 1280, height: 860 };
/** So long a stretch of the charts is filled before a picture is taken. */
const FILLED_SECONDS = 55;

export async function pictures(session, tell) {
  const folder = session.options.img ?? join(session.options.shots, 'img');
  await mkdir(folder, { recursive: true });
  await session.go('/');
  await session.signIn();
  await session.live();
  const site = await lively(session);
  try {
    await figures(session);
    const views = await viewsOf(session, site);
    for (const [name, theme, path, ready, size = PAGE] of views) {
      await session.page.setViewportSize(size);
      await session.setTheme(theme);
      await session.go(path);
      await session.page.waitForSelector(ready);
      await session.live();
      await session.settled();
      const file = join(folder, `${name}.png`);
      await session.page.screenshot({ path: file });
      const { size: bytes } = await stat(file);
      tell(name, bytes <= LARGEST_BYTES, `${Math.round(bytes / 1_000)} kB`, `≤ ${LARGEST_BYTES / 1_000} kB`);
    }
  } finally {
    await site.stop();
  }
}

/** Waits until the overview has seconds of events, decisions and a dead letter to show. */
async function figures({ page, rest, until }) {
  const start = performance.now();
  let letters = 0;
  let decisions = 0;
  const look = setInterval(() => {
    void rest('GET', 'tasks/?state=dead_letter&page_size=1').then((page) => (letters = page.count));
    void rest('GET', 'decisions/?page_size=1').then((page) => (decisions = page.results.length));
  }, 1_000);
  try {
    await until(() => letters > 0 && decisions > 0, 180_000);
    await page.waitForTimeout(Math.max(0, FILLED_SECONDS * 1_000 - (performance.now() - start)));
  } finally {
    clearInterval(look);
  }
}

async function viewsOf({ rest }, site) {
  const newest = async (path) => (await rest('GET', path)).results[0];
  const decision = await newest('decisions/?rule_part=Scale&page_size=1');
  const letter = await newest('tasks/?state=dead_letter&page_size=1');
  const { id, activation } = site.rulebooks['k8s-remediation'];
  const known = 'section[aria-label="Key figures"][data-known]';
  const event = encodeURIComponent(decision.event_ids[0]);
  return [
    ['overview', 'dark', '/?t=1m', known],
    ['overview-light', 'light', '/?t=1m', known],
    ['overview-telephone', 'light', '/?t=1m', known, TELEPHONE],
    ['events', 'dark', `/events?sel=${event}`, 'aside[aria-label=Event] details'],
    ['decision', 'dark', `/decisions/${decision.id}`, 'section[aria-label="Event"]'],
    ['actions', 'dark', `/actions?tab=dead&sel=${letter.id}`, 'aside details'],
    ['activation', 'light', `/activations/${activation}?tab=memory`, 'table'],
    ['rulebook', 'light', `/rulebooks/${id}`, '.react-flow__node'],
  ];
}
