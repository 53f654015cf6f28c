// SPDX-License-Identifier: Apache-2.0
// On the open tape an event appears by itself; a condition finds it again; a mistake in one is named with its place.
export default async function events(session) {
  const { page, memory } = session;
  // A condition with a mistake is refused, and Chromium reports every refusal.
  session.tolerate(/status of 422/);
  await session.step('the event shows on the tape and is found by a condition', () => watchEvents(session));
  const eventId = encodeURIComponent(memory.eventId ?? (await session.send()).event_id);
  session.addPage('events', '/events', '[role=table] [role=cell]', { narrow: true });
  session.addPage('event-beside', `/events?sel=${eventId}`, 'aside[aria-label=Event] details', {
    narrow: true,
  });
  session.addPage('event', `/events/${eventId}`, 'section[aria-label="What each rule said"]');
  await page.getByRole('table', { name: 'Events' }).waitFor();
  await session.step('a recorded event is sent again, and taken to the test of its rulebook', () =>
    useAgain(session),
  );
}

async function useAgain(session) {
  const { page } = session;
  const { event_id: id } = await session.send();
  await session.go(`/events?sel=${encodeURIComponent(id)}`);
  const beside = page.getByRole('complementary', { name: 'Event', exact: true });
  await beside.getByRole('button', { name: 'Copy as curl' }).waitFor();
  await beside.getByRole('button', { name: 'Send again' }).click();
  await beside.getByRole('button', { name: 'Send to demo' }).click();
  await beside.getByRole('link', { name: 'Open the new event' }).click();
  await page.getByText('sent_again_of').waitFor();
  await page.getByRole('link', { name: 'Test a change on this event' }).first().click();
  await page.getByRole('button', { name: 'Test with 1 event' }).click();
  await page.getByText(/1 event played/).waitFor();
}

async function watchEvents(session) {
  const { page } = session;
  await session.go('/events');
  await session.live();
  const table = page.getByRole('table', { name: 'Events' });
  await table.waitFor();
  const { event_id: id } = await session.send();
  await page.keyboard.press('/');
  await page.keyboard.type(`event.meta.uuid == "${id}"`);
  await page.getByText('1 found').waitFor();
  await table.getByRole('button').first().click();
  const beside = page.getByRole('complementary', { name: 'Event', exact: true });
  await beside.getByTitle(id).waitFor();
  await beside.getByRole('region', { name: 'What each rule said' }).waitFor();
  await page.keyboard.press('Escape');
  await beside.waitFor({ state: 'hidden' });
  await page.getByLabel('Search events').fill('event.meta.uuid ==');
  await page.getByText('The condition cannot be read').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await table.waitFor();
}
