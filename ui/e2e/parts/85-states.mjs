// SPDX-License-Identifier: Apache-2.0
// What stands where rows would be: nothing yet, nothing that matches, refused, failed, and old because the server is gone.
import { openProxy } from '../proxy.mjs';

/** Lists with the path of their API, and what they say when there is nothing. */
const LISTS = [
  ['/decisions', '**/api/eda/v1/decisions/?*', 'No decisions yet'],
  ['/actions', '**/api/eda/v1/tasks/?*', 'No actions yet'],
  ['/activations', '**/api/eda/v1/activations/?*', 'No activations'],
];
const EMPTY = { count: 0, next: null, previous: null, page: 1, page_size: 50, results: [] };

export default async function states(session) {
  const { page, step } = session;
  session.tolerate(/status of (403|500|502|503)|net::ERR_|WebSocket connection/);
  for (const [path, api, nothing] of LISTS) {
    await step(`${path}: empty, refused, failed`, async () => {
      await answered(session, api, path, 200, EMPTY, nothing);
      await answered(
        session,
        api,
        path,
        403,
        { title: 'Forbidden', status: 403, detail: 'You need the role Operator.' },
        'Not permitted',
      );
      await answered(
        session,
        api,
        path,
        500,
        { title: 'Internal error', status: 500, detail: 'It was logged as 0123456789abcdef.' },
        'Internal error',
      );
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    });
  }
  await step('a filter that matches nothing says so and can be cleared', async () => {
    for (const path of ['/decisions?rule=nowhere', '/actions?rule=nowhere', '/activations?q=nowhere']) {
      await session.go(path);
      await page.getByText(/matches the filters/).waitFor();
      await session.inspect(`${path} without a match`);
      await page.getByRole('button', { name: 'Clear filters' }).first().click();
      await page.getByText(/matches the filters/).waitFor({ state: 'hidden' });
    }
  });
  await step('when the server is gone, figures are marked as old, and fresh when it is back', () =>
    gone(session),
  );
}

async function answered(session, api, path, status, body, said) {
  const { page } = session;
  await page.route(api, (route) =>
    route.fulfill({
      status,
      contentType: status < 300 ? 'application/json' : 'application/problem+json',
      body: JSON.stringify(body),
    }),
  );
  await session.go(path);
  await page.locator('#main').getByText(said, { exact: true }).first().waitFor();
  await session.inspect(`${path} ${status} ${said}`);
  await session.photograph(`state${path.replace('/', '-')}-${status}`);
  await page.unroute(api);
}

async function gone(session) {
  const { page } = session;
  const proxy = await openProxy(session.site);
  try {
    await page.goto(`${proxy.url}/`);
    await session.signIn();
    await session.live();
    await proxy.refuse(true);
    await page.getByText(/Connection lost .* ago/).waitFor();
    await session.inspect('overview, stale');
    await session.photograph('state-overview-stale');
    await proxy.refuse(false);
    await session.live();
    await page.getByText(/Connection lost .* ago/).waitFor({ state: 'hidden' });
  } finally {
    await proxy.close();
    // A cookie belongs to a host, whatever its port: the session there was renewed here.
    await session.go('/');
    await session.signInAgain();
  }
}
