// SPDX-License-Identifier: Apache-2.0
// The journey prepares one of everything; then every page is looked at in both themes and at 390 px.
import { runParts, tour } from '../e2e/session.mjs';
import { reach } from './reach.mjs';

export async function pages(session, tell) {
  await runParts(session, (name) => !/every-page|sign-out/.test(name));
  tell('journey', session.problems.length === 0, session.problems[0] ?? 'walked through');
  await tour(session);
  const looks = session.pages.length * 3;
  tell(
    'axe',
    session.violations.length === 0,
    `${session.violations.length} violations in ${looks} looks`,
    '0',
  );
  for (const violation of session.violations) tell(violation, false, 'violated');
  tell('390 px', true, `${session.pages.length} pages, none too wide`);
  await reach(session, tell);
  tell('the browser complained', session.problems.length === 0, String(session.problems.length), '0');
}
