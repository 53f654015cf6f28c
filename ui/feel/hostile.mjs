// SPDX-License-Identifier: Apache-2.0
// Data that means harm: shown as what it is on every page that shows data, at a desk and on a telephone, and nothing freezes.
import { createServer } from 'node:http';
import { DESK, TELEPHONE } from '../e2e/session.mjs';

const HTML = '<img src=x onerror="globalThis.harmed=1"><script>globalThis.harmed=1</script>';
const TERMINAL = '\u001b[2J\u001b]0;owned\u0007\u001b[31mred';
const RIGHT_TO_LEFT = '\u202egnp.exe \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627';
const MARKS = `\u{1F468}\u200D\u{1F469}\u200D\u{1F467} e${'\u0301'.repeat(30)} \u{1F3F3}\uFE0F\u200D\u{1F308}`;
const FROZEN_MILLIS = 1_500;
/** What may be wider than a telephone, because it scrolls by itself and can be reached with the keyboard. */
const SIDEWAYS =
  '[tabindex="0"], [role=group], [role=tablist], [role=rowgroup], pre, textarea, .cm-scroller, .react-flow';

const NAMES = {
  HTML: HTML.slice(0, 200),
  'right to left': RIGHT_TO_LEFT,
  'emoji and combining marks': MARKS,
  '255 characters': 'n'.repeat(255),
  'terminal escapes': TERMINAL,
};
const EVENTS = {
  '10,000 keys': { name: '10,000 keys', many: Object.fromEntries(range(10_000).map((i) => [`key ${i}`, i])) },
  'a text of 1 MB': { name: 'a long text', long: 'x'.repeat(1_000_000) },
  'HTML everywhere': { name: HTML, title: HTML, [HTML]: { [HTML]: HTML } },
  'terminal escapes': { name: TERMINAL, [TERMINAL]: TERMINAL },
  'right to left': { name: RIGHT_TO_LEFT, [RIGHT_TO_LEFT]: RIGHT_TO_LEFT },
  'emoji and combining marks': { name: MARKS, [MARKS]: [MARKS] },
  'names of 255 characters': { name: 'n'.repeat(255), ['k'.repeat(255)]: 'v'.repeat(255) },
  'depth of 100': range(100).reduce((inner) => ({ inner }), { name: 'deep' }),
};

export async function hostile(session, tell) {
  const { page } = session;
  session.tolerate(/status of 4\d\d/);
  await session.go('/');
  await session.signIn();
  await page.addInitScript(() => {
    globalThis.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  session.memory.worked = await watchWork(page);
  const target = await openTarget();
  try {
    const made = await named(session, tell, target.url);
    const looks = [...(await sent(session, made)), ...listsAnd(made)];
    for (const size of [DESK, TELEPHONE]) {
      await page.setViewportSize(size);
      for (const [name, path, ready] of looks)
        await look(session, tell, `${name}, ${size.width} px`, path, ready);
    }
    await page.setViewportSize(DESK);
    await typed(session, tell);
  } finally {
    await target.close();
  }
  tell('scripts that ran', !(await page.evaluate(() => globalThis.harmed)), 'none', 'none');
  tell('the browser complained', session.problems.length === 0, session.problems[0] ?? 'no', 'no');
}

/** Whatever calls it is answered with what means harm as well. */
async function openTarget() {
  const server = createServer((question, answer) => {
    question.resume();
    answer
      .writeHead(500, { 'Content-Type': 'text/plain' })
      .end(`${HTML}\n${TERMINAL}\n${'y'.repeat(60_000)}`);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** Objects whose names mean harm: event stream, rulebook, ruleset, rule, activation; or the server refuses such a name. */
async function named(session, tell, target) {
  const made = [];
  for (const [kind, wanted] of Object.entries(NAMES)) {
    const name = wanted.length < 250 ? `${wanted} ${Date.now() % 100_000}` : `${Date.now()}`.padEnd(255, 'n');
    try {
      made.push({ kind, ...(await objects(session, name, target)) });
    } catch (problem) {
      const refused = /answered 4\d\d/.test(problem.message);
      tell(`a name of ${kind}`, refused, `refused: ${problem.message.slice(0, 90)}`, 'taken, or refused');
    }
  }
  return made;
}

async function objects({ rest }, name, target) {
  const quoted = JSON.stringify(name);
  const stream = await rest('POST', 'event-streams/', {
    name,
    event_stream_type: 'generic',
    credential: { kind: 'token', header: 'Authorization' },
  });
  const rulebook = await rest('POST', 'rulebooks/', {
    name,
    description: name,
    rulesets: `- name: ${quoted}
  hosts: all
  sources:
    - name: ${quoted}
      ansible.eda.webhook:
        port: 5000
  rules:
    - name: ${quoted}
      condition: event.payload.greeting == "hello"
      actions:
        - debug:
            msg: ${quoted}
        - http_request:
            url: ${target}
            method: POST
            retries: 0
            headers:
              x-harm: harm
`,
  });
  const activation = await rest('POST', 'activations/', {
    name,
    description: name,
    is_enabled: true,
    rulebook_id: rulebook.id,
    source_mappings: [{ source_name: name, event_stream_id: stream.id }],
  });
  return { stream, rulebook, activation };
}

/** Each event through a stream whose name means harm as well; answers where they can be looked at, with what became of them. */
async function sent(session, made) {
  const looks = [];
  const streams = made.map((one) => one.stream);
  for (const one of made) await until(async () => (await statusOf(session, one.activation.id)) === 'running');
  let turn = 0;
  for (const [name, body] of Object.entries(EVENTS)) {
    const stream = streams[turn++ % streams.length];
    const answer = await fetch(stream.url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${stream.generated_secret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...body, greeting: 'hello' }),
    });
    const { event_id: id, detail } = await answer.json();
    if (answer.status !== 202) throw new Error(`the event stream answered ${answer.status}: ${detail}`);
    const path = encodeURIComponent(id);
    looks.push([`${name}, event`, `/events/${path}`, 'section[aria-label="What each rule said"]']);
    looks.push([`${name}, tape`, `/events?sel=${path}`, 'aside[aria-label=Event] details']);
    const decision = await until(async () => await first(session, `decisions/?event_id=${id}&page_size=1`));
    looks.push([`${name}, decision`, `/decisions/${decision.id}`, 'section[aria-label="Event"]']);
  }
  const letter = await until(() => first(session, 'tasks/?state=dead_letter&page_size=1'));
  looks.push(['dead letter', `/actions?tab=dead&sel=${letter.id}`, 'aside details']);
  return looks;
}

async function first({ rest }, path) {
  return (await rest('GET', path)).results[0];
}

async function statusOf({ rest }, id) {
  return (await rest('GET', `activations/${id}/`)).status;
}

async function until(found) {
  const end = performance.now() + 60_000;
  for (;;) {
    const value = await found();
    if (value) return value;
    if (performance.now() > end) throw new Error(`not within a minute: ${found}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Every list, and each page of the objects. */
function listsAnd(made) {
  const own = made.flatMap(({ kind, stream, rulebook, activation }) => [
    [`activation of ${kind}`, `/activations/${activation.id}`, 'section[aria-label=Activation]'],
    [`its memory`, `/activations/${activation.id}?tab=memory`, 'table'],
    [`its log`, `/activations/${activation.id}?tab=log`, 'ol[aria-label=Log] li'],
    [`rulebook of ${kind}`, `/rulebooks/${rulebook.id}`, '.cm-content'],
    [`event stream of ${kind}`, `/event-streams/${stream.id}`, 'section[aria-label="Last requests"]'],
    [`its fields`, `/event-streams/${stream.id}?tab=fields`, '[aria-label="Fields that occur"] tbody tr'],
  ]);
  return [
    ['overview', '/', 'section[aria-label="Key figures"]'],
    ['decisions', '/decisions', 'tbody tr'],
    ['actions', '/actions', 'tbody tr'],
    ['activations', '/activations', 'tbody tr'],
    ['rulebooks', '/rulebooks', 'tbody tr'],
    ['event streams', '/event-streams', 'tbody tr'],
    ['events by stream', '/events', '[role=table] [role=cell]'],
    ...own,
  ];
}

/** A megabyte pasted into the test of a rulebook, and all of the hostile texts into the search. */
async function typed(session, tell) {
  const { page } = session;
  await session.go('/events');
  const search = page.getByLabel('Search events');
  for (const text of [HTML, TERMINAL, RIGHT_TO_LEFT, MARKS, 'n'.repeat(2_000)]) {
    await search.fill(text);
    await session.settled();
  }
  await seen(session, tell, 'typed into the search');
  await session.go('/rulebooks/1?view=test');
  await page.getByLabel('Event as JSON').fill(JSON.stringify(EVENTS['10,000 keys']));
  await page.getByRole('button', { name: 'Test with 1 event' }).click();
  await page.getByText(/1 event played/).waitFor();
  await seen(session, tell, 'tested with 10,000 keys');
}

async function look(session, tell, name, path, ready) {
  await session.go(path);
  await session.page.waitForSelector(ready);
  await session.settled();
  await seen(session, tell, name);
}

async function seen({ page, memory }, tell, name) {
  const busy = await memory.worked();
  const found = await page.evaluate((sideways) => {
    const raw = [];
    const mixed = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue;
      if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text))
        raw.push(text);
      const apart = 'bdi, [dir=auto], option, textarea, .cm-content, pre';
      if (/[\u0590-\u06ff]/.test(text) && !node.parentElement.closest(apart)) mixed.push(text);
    }
    const wide = [...document.querySelectorAll('html, body, #main, #main *')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .filter(
        (one) => one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX),
      )
      .filter((one) => !one.matches(sideways));
    return {
      longest: globalThis.longest,
      injected: document.querySelectorAll('#main img[src=x], #main script').length,
      raw: raw.map((text) => text.slice(0, 40)),
      mixed: mixed.map((text) => text.slice(0, 40)),
      wide: wide.map(
        (one) => `${one.tagName} ${one.className || one.id} by ${one.scrollWidth - one.clientWidth}`,
      ),
    };
  }, SIDEWAYS);
  const faults = [
    // A task that had to wait for others on a busy machine did not freeze anything by itself.
    ...(Math.min(found.longest, busy) > FROZEN_MILLIS ? ['frozen'] : []),
    ...(found.injected > 0 ? [`${found.injected} elements made`] : []),
    ...found.raw.map((text) => `control characters in ${JSON.stringify(text)}`),
    ...found.mixed.map((text) => `turns what is beside it: ${text}`),
    ...found.wide.map((one) => `too wide: ${one}`),
  ];
  tell(
    name,
    faults.length === 0,
    `longest task ${Math.round(found.longest)} ms, ${Math.round(busy)} ms of work in all${faults.length ? `; ${faults.slice(0, 3).join('; ')}` : ''}`,
    `≤ ${FROZEN_MILLIS} ms, harmless`,
  );
}

/** Answers how long the main thread has worked since it was asked last: its own time, not the clock's. */
async function watchWork(page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
  let before = 0;
  return async () => {
    const { metrics } = await debug.send('Performance.getMetrics');
    const now = 1_000 * metrics.find((one) => one.name === 'TaskDuration').value;
    const worked = now >= before ? now - before : now;
    before = now;
    return worked;
  };
}

function range(count) {
  return Array.from({ length: count }, (_, i) => i);
}
