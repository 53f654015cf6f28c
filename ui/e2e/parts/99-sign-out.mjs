// SPDX-License-Identifier: Apache-2.0
export default async function signOut(session) {
  const { page } = session;
  await session.step('signs out', async () => {
    await session.go('/');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Reflexarc' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to Reflexarc' }).waitFor();
  });
}
