// SPDX-License-Identifier: Apache-2.0
// An event is sent; on the open overview its decision appears without a reload; it shows event → rule → action → output.
import assert from 'node:assert/strict';

const LATEST = 'ul[aria-label="Latest decisions"] a';

export default async function decision(session) {
  const { page, step, memory } = session;
  const before = await hrefs(page);
  const { event_id: eventId } = await step('sends an event', () => session.send());
  await step('its decision appears on the open overview', () => decisionOf(session, eventId, before));
  await step('the decision shows event, rule, action and output', () => readArc(session));
  const root = new URL(session.site).pathname.replace(/\/$/, '');
  memory.eventId = eventId;
  memory.decisionPath = new URL(page.url()).pathname.slice(root.length);
  session.addPage('decisions', '/decisions', 'table');
  session.addPage('decision', memory.decisionPath, 'section[aria-label=Decision]', { narrow: true });
}

const hrefs = (page) =>
  page.locator(LATEST).evaluateAll((links) => links.map((link) => link.getAttribute('href')));

/** Waits on the open overview, without a reload, for a decision that was not there before. */
async function decisionOf(session, eventId, before) {
  const { page } = session;
  const latest = page.getByRole('list', { name: 'Latest decisions' });
  try {
    await page.waitForFunction(
      ({ selector, known }) =>
        [...document.querySelectorAll(selector)].some((link) => !known.includes(link.getAttribute('href'))),
      { selector: LATEST, known: before },
    );
  } catch (error) {
    await tellWhatIsKnown(session, eventId);
    throw error;
  }
  const added = (await hrefs(page)).filter((href) => !before.includes(href));
  for (const href of added) {
    await latest.locator(`a[href="${href}"]`).click();
    await page.getByRole('region', { name: 'Decision', exact: true }).waitFor();
    if (await page.getByTitle(eventId).count()) return;
    await page.goBack();
    await latest.waitFor();
  }
  assert.fail(`none of ${added.length} new decisions matched event ${eventId}`);
}

/** A decision that does not appear was either not made or not told: the server says which. */
async function tellWhatIsKnown({ rest }, eventId) {
  for (const path of [`events/${encodeURIComponent(eventId)}/`, 'activations/']) {
    console.error(`${path}: ${await rest('GET', path).then(JSON.stringify, String)}`);
  }
}

async function readArc({ page, options }) {
  const main = page.locator('#main');
  await main.getByRole('group', { name: 'Payload' }).first().waitFor();
  await main.getByRole('region', { name: 'Rule', exact: true }).waitFor();
  const status = main.getByRole('region', { name: 'Decision', exact: true });
  await status.getByText('Succeeded').waitFor();
  const output = main.getByRole('log', { name: 'Output' }).first();
  await output.filter({ hasText: /\S/ }).waitFor();
  if (options.output) await output.filter({ hasText: options.output }).waitFor();
}
