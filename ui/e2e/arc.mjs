// SPDX-License-Identifier: Apache-2.0
// The journey of one event, seen in a browser: sign in, watch the overview, send an event, see its decision appear,
// open it and read event → rule → action → output. On the way every page is checked with axe and photographed.
//
//   node e2e/arc.mjs --facts facts.json [--shots folder] [--event file.json] [--output text] [--chromium path] [--part name]
//
// The facts are what `reflexarc up --output json` says first: `url`, `admin_credentials_file`, `event_stream_url` and
// `event_stream_token`. Each can be given by itself: --url, --credentials, --event-stream-url, --event-stream-token.
// `--event` is sent instead of a greeting, `--output` is a text that an action must have printed or answered.
//
// Its parts are the files of `parts`, in the order of their names: each exports a function that gets the session
// (session.mjs says what is in it). `--part` runs only those whose name holds the text, after the sign-in.
// Exit 0 when all of it held.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openSession, placeOf, runParts } from './session.mjs';

const { values: options } = parseArgs({
  options: {
    facts: { type: 'string' },
    url: { type: 'string' },
    credentials: { type: 'string' },
    'event-stream-url': { type: 'string' },
    'event-stream-token': { type: 'string' },
    event: { type: 'string' },
    output: { type: 'string' },
    shots: { type: 'string' },
    part: { type: 'string' },
    chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
const SIGN_IN = '10-sign-in.mjs';

const session = await openSession(await placeOf(options), {
  ...options,
  ...(options.event ? { greeting: JSON.parse(await readFile(options.event, 'utf8')) } : {}),
});
try {
  await runParts(session, (name) => !options.part || name === SIGN_IN || name.includes(options.part));
  assert.deepEqual(session.problems, [], 'the browser complained');
  assert.deepEqual(session.violations, [], 'axe found violations');
  console.log('The arc holds.');
} finally {
  await session.close();
}
