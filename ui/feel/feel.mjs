// SPDX-License-Identifier: Apache-2.0
// The proof of feel: what a person feels of the console, measured against a running site. A line for each, exit 1 on failure.
//
//   node feel/feel.mjs --facts facts.json [--shots folder] [--output json] [--only step,step] [--img docs/img] [--chromium path]
// --img only takes the pictures of the documentation, and puts them there.
//
// live (1,000 events/s from the site), replay (10,000/s from a server that speaks the recorded live protocol).
// Times are of this machine: each line says how busy it was.
import { mkdir } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSession, placeOf } from '../e2e/session.mjs';
import { budget } from './budget.mjs';
import { drops } from './drops.mjs';
import { hostile } from './hostile.mjs';
import { live, replay } from './pace.mjs';
import { pages } from './pages.mjs';
import { pictures } from './pictures.mjs';

/** Each step sees the site as those before left it: what litters most comes last. */
const STEPS = { budget, pages, drops, live, replay, hostile };
/** Only when it is asked for. */
const ASKED = { pictures };

const { values: options } = parseArgs({
  options: {
    facts: { type: 'string' },
    url: { type: 'string' },
    credentials: { type: 'string' },
    'event-stream-url': { type: 'string' },
    'event-stream-token': { type: 'string' },
    img: { type: 'string' },
    shots: { type: 'string', default: join(tmpdir(), 'reflexarc-feel') },
    output: { type: 'string', default: 'text' },
    only: { type: 'string' },
    chromium: { type: 'string', default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
  },
});
const place = await placeOf(options);
await mkdir(options.shots, { recursive: true });

const results = [];
const json = options.output === 'json';
/** One thing that was measured: `value` against `limit`, both as a person reads them. */
function report(step, name, ok, value, limit = '') {
  const load = Number(loadavg()[0].toFixed(1));
  results.push({ step, name, ok, value, limit, load });
  if (!json)
    console.log(
      `${ok ? 'ok  ' : 'FAIL'} ${step}: ${name}: ${value}${limit && ` (${limit})`} · load ${load.toFixed(1)}`,
    );
}

const wanted = options.only ?? (options.img ? 'pictures' : Object.keys(STEPS).join());
for (const name of wanted.split(',')) {
  const step = STEPS[name] ?? ASKED[name];
  if (!step) throw new Error(`there is no step ${name}: ${Object.keys({ ...STEPS, ...ASKED }).join(', ')}`);
  const tell = (what, ok, value, limit) => report(name, what, ok, value, limit);
  const session = await openSession(place, {
    chromium: options.chromium,
    shots: options.shots,
    img: options.img,
    thorough: true,
    quiet: true,
  });
  try {
    await step(session, tell);
  } catch (error) {
    tell('went through', false, String(error.message ?? error).split('\n')[0]);
    if (!json) console.error(error);
  } finally {
    await session.close();
  }
}
const failed = results.filter((one) => !one.ok);
if (json) console.log(JSON.stringify({ ok: failed.length === 0, shots: options.shots, results }, null, 2));
else if (failed.length === 0) console.log(`It feels right. Pictures: ${options.shots}`);
else console.error(`${failed.length} of ${results.length} do not hold. Pictures: ${options.shots}`);
process.exitCode = failed.length === 0 ? 0 : 1;
