// SPDX-License-Identifier: Apache-2.0
// A rule of our own whose action fails (the site needs --allow-outbound 127.0.0.0/8): why another rule did not fire, the dead letter, its retry once the target is well again.
import { createServer } from 'node:http';

const RULEBOOK = (target) => `
- name: journey
  hosts: all
  sources:
    - name: demo
      ansible.eda.webhook:
        port: 5000
  rules:
    - name: call the target
      condition: event.payload.journey == "call" and event.payload.urgent == true
      action:
        http_request:
          url: ${target}
          method: POST
          retries: 0
    - name: both arrive
      condition:
        all:
          - event.payload.journey == "first"
          - event.payload.journey == "second"
        timeout: 1 hour
      action:
        none:
    - name: never mind
      condition: event.payload.journey == "call" and event.payload.urgent == false
      action:
        none:
`;

const OTHER_DOOR = '/other';

export default async function deadLetter(session) {
  const { page, step, memory } = session;
  const target = await openTarget();
  try {
    const activation = await step('a second activation reads the same stream', () =>
      activate(session, target.url),
    );
    memory.journeyActivation = activation.id;
    const { event_id: id } = await session.send({ journey: 'call', urgent: true });
    await session.send({ journey: 'first' });
    await step('an action that fails becomes a dead letter', () => seeDeadLetter(session));
    await step('why another rule did not fire', () => whyNot(session, id));
    await step('the dead letter is retried and succeeds', async () => {
      target.heal();
      await retry(session);
    });
    await step('another is retried on the current version', () => again(session, activation, target));
    await step('the session tells what it remembers', () => remember(session, activation.id));
  } finally {
    await target.close();
  }
  session.addPage('activation-memory', `/activations/${memory.journeyActivation}?tab=memory`, 'table');
  session.addPage(
    'activation-log',
    `/activations/${memory.journeyActivation}?tab=log`,
    'ol[aria-label=Log] li',
  );
  session.addPage(
    'activation-versions',
    `/activations/${memory.journeyActivation}?tab=versions`,
    'ol[aria-label="What was live when"], section[aria-label="What was live when"]',
  );
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Refuses until it is healed; its other door is open all the time. */
async function openTarget() {
  let status = 500;
  const server = createServer((question, answer) => {
    question.resume();
    const now = question.url === OTHER_DOOR ? 200 : status;
    answer.writeHead(now, { 'Content-Type': 'text/plain' }).end(now === 200 ? 'thank you' : 'not now');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    heal: () => (status = 200),
    ail: () => (status = 500),
    close: () => new Promise((done) => server.close(done)),
  };
}

async function activate(session, target) {
  const { rest, page } = session;
  const name = `journey ${Date.now()}`;
  const streams = await rest('GET', 'event-streams/?page_size=100');
  const stream =
    streams.results.find((one) => session.place.streamUrl.endsWith(one.uuid)) ?? streams.results[0];
  const rulebook = await rest('POST', 'rulebooks/', { name, description: '', rulesets: RULEBOOK(target) });
  const { id } = await rest('POST', 'activations/', {
    name,
    is_enabled: true,
    rulebook_id: rulebook.id,
    source_mappings: [{ source_name: 'demo', event_stream_id: stream.id }],
  });
  await session.go(`/activations/${id}`);
  const head = page.getByRole('region', { name: 'Activation', exact: true });
  await head.getByText('Running', { exact: true }).waitFor();
  return { id, rulebook: rulebook.id, base: rulebook.version_number };
}

async function seeDeadLetter(session) {
  const { page } = session;
  await session.go('/actions?tab=dead');
  await page.getByRole('cell', { name: 'call the target' }).first().waitFor();
  await session.go('/');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await attention.getByText('http_request gave up').first().waitFor();
  await attention
    .getByRole('link', { name: /Review: http_request gave up/ })
    .first()
    .click();
  await page.getByRole('complementary', { name: 'Action', exact: true }).waitFor();
  await session.inspect('dead letter');
  await session.photograph('dead-letter');
}

async function whyNot(session, id) {
  const { page } = session;
  await session.go(`/events/${encodeURIComponent(id)}`);
  const said = page.getByRole('region', { name: 'What each rule said' });
  const rule = said.locator('details').filter({ hasText: 'never mind' });
  await rule.locator('summary').click();
  await rule.getByText('event.payload.urgent == false').first().waitFor();
  await rule.getByText('true', { exact: true }).first().waitFor();
}

async function retry(session) {
  const { page } = session;
  await session.go('/actions?tab=dead&rule=call');
  await page
    .getByRole('checkbox', { name: /^Choose http_request/ })
    .first()
    .check();
  const bar = page.getByRole('toolbar', { name: 'What to do with the chosen actions' });
  await bar.getByRole('button', { name: 'Retry 1 action' }).click();
  const dialog = page.getByRole('dialog', { name: 'Retry 1 dead letter?' });
  await dialog.getByRole('button', { name: 'Retry 1 action' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await session.go('/actions?tab=ended&rule=call');
  await page
    .getByRole('row', { name: /call the target/ })
    .getByText('Succeeded')
    .first()
    .waitFor();
}

async function again(session, activation, target) {
  const { page, rest } = session;
  target.ail();
  await session.send({ journey: 'call', urgent: true });
  await session.go('/actions?tab=dead&rule=call');
  await page
    .getByRole('row', { name: /call the target/ })
    .first()
    .waitFor();
  await rest('POST', `rulebooks/${activation.rulebook}/publish/`, {
    rulesets: RULEBOOK(target.url + OTHER_DOOR.slice(1)),
    base_version: activation.base,
  });
  for (let live; live !== activation.base + 1; await page.waitForTimeout(200))
    live = (await rest('GET', `activations/${activation.id}/`)).rulebook_version_number;
  await page
    .getByRole('row', { name: /call the target/ })
    .first()
    .click();
  const panel = page.getByRole('complementary', { name: 'Action', exact: true });
  await panel.getByRole('button', { name: 'Retry on current version' }).click();
  const dialog = page.getByRole('dialog', { name: /on the current version/ });
  await dialog.getByText(OTHER_DOOR).first().waitFor();
  await session.inspect('retry on the current version');
  await session.photograph('retry-current');
  await dialog.getByRole('button', { name: `Retry on version ${activation.base + 1}` }).click();
  await panel.getByText(`by version ${activation.base + 1}`).waitFor();
  await panel.getByText('Succeeded').first().waitFor();
}

async function remember(session, id) {
  const { page } = session;
  await session.go(`/activations/${id}`);
  await page.getByRole('button', { name: 'Memory', exact: true }).click();
  await page.waitForURL(/tab=memory/);
  await page.getByText('As its process saw it').waitFor();
  const partials = page.getByRole('region', { name: 'Partial matches' });
  await partials.getByText('both arrive').waitFor();
  await partials.getByText(/journey == "second"/).waitFor();
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  await page.getByText('activation changed its status').first().waitFor();
  await page.getByLabel('Search the log').fill('nothing says this');
  await page.getByText('No line matches').waitFor();
}
