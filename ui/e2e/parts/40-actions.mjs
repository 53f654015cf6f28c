// SPDX-License-Identifier: Apache-2.0
// Actions by where they stand.
export default async function actions(session) {
  const { page } = session;
  await session.step('actions are listed by where they stand', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByRole('heading', { name: 'Actions', level: 1 }).waitFor();
    await page.getByRole('button', { name: /^Dead letters/ }).click();
    await page.waitForURL(/tab=dead/);
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.waitForURL(/tab=all/);
  });
  session.addPage('actions', '/actions', 'main [role=search]', { narrow: true });
  session.addPage('activations', '/activations', 'table');
  session.addPage('activation', '/activations/1', 'section[aria-label=Activation]');
}
