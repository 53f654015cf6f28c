// SPDX-License-Identifier: Apache-2.0
// A stream is made by the wizard. Its command is sent with a wrong secret: the reason shows; then as it stands: the first
// event shows. The tap, the fields and a rotated secret follow from that.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const shell = promisify(execFile);
const PATIENCE_MILLIS = 60_000;

export default async function eventStream(session) {
  const { step, memory } = session;
  const name = `from the wizard ${Date.now()}`;
  memory.wizard = { name };
  await step('the wizard makes a stream and shows its secret once', () => make(session, name));
  await step('a request with a wrong secret shows its reason', () => sendWrongly(session));
  await step('the command as it stands brings the first event', () => sendRightly(session));
  await step('the tap shows both, masked', () => tap(session));
  await step('the fields of the event are known soon', () => fields(session));
  await step('a rotated secret is shown once, the old one is good no more', () => rotate(session));
  session.addPage('event-stream-new', '/event-streams/new', '[role=radiogroup]');
  session.addPage('event-stream-form', '/event-streams/new?sender=hmac', 'main form');
  const path = `/event-streams/${memory.wizard.id}`;
  session.addPage('event-stream', path, 'table[class] tbody tr', { narrow: true });
  session.addPage('event-stream-setup', `${path}?tab=setup`, 'main pre');
  session.addPage('event-stream-fields', `${path}?tab=fields`, 'main meter');
  session.addPage('event-stream-settings', `${path}?tab=settings`, 'main form');
}

async function make({ page, go, inspect, photograph, memory }, name) {
  await go('/event-streams');
  await page.getByRole('columnheader', { name: /^Name/ }).getByRole('button').click();
  await page.waitForURL(/sort=-name/);
  await page.getByRole('link', { name: 'Create an event stream' }).click();
  await page.getByRole('radio', { name: 'Anything with a token' }).check();
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page.getByRole('button', { name: 'Create the stream' }).click();
  await page.locator('[data-first=waiting]').waitFor();
  await page.getByRole('radio', { name: 'curl' }).check({ force: true });
  memory.wizard.command = await page.getByRole('group', { name: 'curl snippet' }).innerText();
  memory.wizard.secret = (await page.locator('[data-secret] code').innerText()).trim();
  assert.ok(memory.wizard.command.includes(memory.wizard.secret), 'the command holds the secret');
  await inspect('event-stream-made');
  await photograph('event-stream-made');
}

async function send(command) {
  const { stdout } = await shell('sh', ['-c', command]);
  return JSON.parse(stdout);
}

async function sendWrongly({ page, memory, photograph }) {
  const { command, secret } = memory.wizard;
  const answer = await send(command.replace(secret, 'a wrong secret'));
  assert.equal(answer.status, 401);
  const first = page.locator('[data-first=refused]');
  await first.waitFor();
  await first.getByText('has a wrong proof of its sender').waitFor();
  await photograph('event-stream-refused');
}

async function sendRightly({ page, memory, inspect, photograph }) {
  const { event_id: id } = await send(memory.wizard.command);
  memory.wizard.event = id;
  const first = page.locator('[data-first=accepted]');
  await first.waitFor();
  await first.getByText('Disk is almost full').waitFor();
  await inspect('event-stream-first');
  await photograph('event-stream-first');
  await page.getByRole('link', { name: 'Go to the stream' }).first().click();
  await page.getByRole('heading', { name: memory.wizard.name, level: 2 }).waitFor();
  memory.wizard.id = Number(new URL(page.url()).pathname.split('/').at(-1));
}

async function tap({ page, memory }) {
  const table = page.getByRole('table');
  // A time may hold these digits, too
  const answer = (status) => page.getByText(status, { exact: true });
  await table.getByText('202', { exact: true }).waitFor();
  await table
    .getByRole('row')
    .filter({ has: answer('401') })
    .getByRole('button')
    .click();
  await page.getByText('******').first().waitFor();
  const shown = await page.locator('main').innerText();
  assert.ok(!shown.includes(memory.wizard.secret), 'the secret is not shown again');
  await page.getByRole('radio', { name: 'Accepted' }).check({ force: true });
  await table.getByText('401', { exact: true }).waitFor({ state: 'hidden' });
}

async function fields({ page }) {
  await page.getByRole('button', { name: 'Fields' }).click();
  await page.getByText('event.payload.severity').waitFor();
  await page.getByRole('link', { name: '"warning"' }).click();
  await page.getByText('1 found').waitFor();
  await page
    .getByRole('group', { name: 'Severity' })
    .getByRole('button', { name: /^warning/ })
    .waitFor();
}

async function rotate({ page, memory, go }) {
  const { command, secret, id } = memory.wizard;
  await go(`/event-streams/${id}?tab=settings`);
  await page.getByLabel('The old secret stays good for').selectOption('0');
  await page.getByRole('button', { name: 'Rotate the secret' }).click();
  const fresh = (await page.locator('[data-secret] code').innerText()).trim();
  assert.notEqual(fresh, secret);
  // The ingress hears of it within seconds
  const end = Date.now() + PATIENCE_MILLIS;
  let status = 0;
  while (status !== 401 && Date.now() < end) status = (await send(command)).status ?? 202;
  assert.equal(status, 401);
  const answer = await send(command.replace(secret, fresh));
  assert.ok(answer.event_id, `the new secret is taken: ${JSON.stringify(answer)}`);
}
