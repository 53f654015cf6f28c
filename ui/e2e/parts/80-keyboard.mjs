// SPDX-License-Identifier: Apache-2.0
// Everything by keyboard: pages, rows, pause, palette, the list of keys.
export default async function keyboard(session) {
  await session.step('the keyboard reaches everything', () => walk(session));
}

async function walk({ page, go, inspect, photograph }) {
  await go('/');
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
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.type('activ');
  await dialog.getByText('Activations').waitFor();
  await inspect('palette');
  await photograph('palette');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/activations/);
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await inspect('keys');
}
