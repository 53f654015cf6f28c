// SPDX-License-Identifier: Apache-2.0
// Every page without a mouse and without motion: what can be clicked can be reached, whoever stands on it sees where, nothing
// holds the focus, and where less motion is wanted nothing moves.
const STEPS = 60;
/** The editor takes the Tab key for itself; Escape gives it back. */
const KEEPS_TAB = '.cm-content';

export async function reach(session, tell) {
  const { page, pages } = session;
  const faults = [];
  let stood = 0;
  for (const { name, path, ready } of pages) {
    await open(session, path, ready);
    for (const one of await page.evaluate(unreachable)) faults.push(`${name}: no key reaches ${one}`);
    const walked = await walk(page);
    stood += walked.places;
    for (const one of walked.unseen) faults.push(`${name}: nobody sees the focus on ${one}`);
    if (walked.held) faults.push(`${name}: ${walked.held} holds the focus`);
  }
  tell(
    'keyboard',
    faults.length === 0,
    `${stood} places on ${pages.length} pages, ${faults.length} faults`,
    '0',
  );
  for (const fault of faults.slice(0, 10)) tell(fault, false, 'found');
  await still(session, tell);
}

async function still(session, tell) {
  const { page, pages } = session;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = [];
  for (const { name, path, ready } of pages) {
    await open(session, path, ready);
    for (const one of await page.evaluate(moves)) moving.push(`${name}: ${one} moves`);
  }
  await page.emulateMedia({ reducedMotion: null });
  tell('less motion', moving.length === 0, `${moving.length} parts that move`, '0');
  for (const one of moving.slice(0, 10)) tell(one, false, 'moves');
}

async function open(session, path, ready) {
  await session.go(path);
  await session.page.waitForSelector(ready);
  await session.live();
}

/** Goes through the page with the Tab key, as far as one goes. */
async function walk(page) {
  const unseen = new Set();
  const seen = new Set();
  let held = '';
  await page.evaluate(() => document.activeElement?.blur());
  for (let step = 0; step < STEPS; step++) {
    await page.keyboard.press('Tab');
    const { place, visible, keeps } = await page.evaluate(focused, KEEPS_TAB);
    if (place === '') break;
    if (!visible) unseen.add(place);
    if (keeps) await page.keyboard.press('Escape');
    if (seen.has(place)) {
      if (step > 0 && seen.size === 1) held = place;
      break;
    }
    seen.add(place);
  }
  return { places: seen.size, unseen, held };
}

/** In the page: where the focus is and whether that shows. */
function focused(keepsTab) {
  const one = document.activeElement;
  if (!one || one === document.body) return { place: '', visible: true, keeps: false };
  let place = '';
  for (let up = one; up && up !== document.body; up = up.parentElement)
    place = `${up.tagName}${up.id && `#${up.id}`}:${[...(up.parentElement?.children ?? [])].indexOf(up)}>${place}`;
  const shows = (element) => {
    const style = getComputedStyle(element);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return outline || style.boxShadow !== 'none';
  };
  const box = one.getBoundingClientRect();
  const parts = [one, one.parentElement, ...(one.labels ?? [])].filter(Boolean);
  const visible = one.matches(keepsTab) || (box.width > 0 && parts.some(shows));
  return {
    place: `${one.getAttribute('aria-label') ?? one.textContent?.slice(0, 30)} ${place}`,
    visible,
    keeps: one.matches(keepsTab),
  };
}

/** In the page: what asks to be clicked, without a way for the keyboard to it or to one beside it that does the same. */
function unreachable() {
  const keyed =
    'a[href], button, input, select, textarea, summary, label, option, [tabindex], [contenteditable], .cm-editor, .react-flow';
  return (
    [...document.querySelectorAll('#main *')]
      .filter((one) => getComputedStyle(one).cursor === 'pointer' && one.getClientRects().length > 0)
      .filter((one) => !one.closest(keyed) && !one.querySelector(keyed))
      // A row that opens with a click opens with j, k and Enter too, and has a link or a button in it.
      .filter((one) => !one.closest('tr, [role=row]')?.querySelector('a[href], button'))
      .map((one) => `${one.tagName} ${one.className}`)
      .slice(0, 5)
  );
}

/** In the page: what takes time to change, or changes for ever. */
function moves() {
  const seconds = (text) =>
    Math.max(...text.split(',').map((part) => parseFloat(part) * (part.includes('ms') ? 0.001 : 1)));
  return [...document.querySelectorAll('body *')]
    .filter((one) => {
      const style = getComputedStyle(one);
      return (
        (style.animationName !== 'none' && seconds(style.animationDuration) > 0.02) ||
        (style.transitionProperty !== 'none' && seconds(style.transitionDuration) > 0.02)
      );
    })
    .map((one) => `${one.tagName} ${String(one.className)}`)
    .slice(0, 3);
}
