// SPDX-License-Identifier: Apache-2.0
export default async function signIn(session) {
  const { page, step, go, inspect, photograph } = session;
  await step('signs in', async () => {
    await go('/');
    await page.getByLabel('User name').waitFor();
    await inspect('login');
    await photograph('login');
    await session.signIn();
  });
  await step('the overview is live', async () => {
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await session.live();
    await page.getByRole('region', { name: 'Key figures' }).waitFor();
  });
  session.addPage('overview', '/', 'section[aria-label="Key figures"][data-known]', { narrow: true });
  session.addPage('event-streams', '/event-streams', 'main section[aria-label] table');
  session.addPage('rulebooks', '/rulebooks', 'table');
  session.addPage('rulebook', '/rulebooks/1', 'main section[aria-label]');
  session.addPage('not-found', '/no-such-page', 'main a[href]');
}
