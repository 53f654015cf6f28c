// SPDX-License-Identifier: Apache-2.0
// Data that means harm: shown as what it is, on every page that shows it, and nothing freezes.

const HTML = '<img src=x onerror="globalThis.harmed=1"><script>globalThis.harmed=1</script>';
const TERMINAL = '\u001b[2J\u001b]0;owned\u0007\u001b[31mred';
const RIGHT_TO_LEFT = '\u202egnp.exe \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627';
const FROZEN_MILLIS = 1_500;

const EVENTS = {
  '10,000 keys': { name: '10,000 keys', many: Object.fromEntries(range(10_000).map((i) => [`key ${i}`, i])) },
  'a text of 900 kB': { name: 'a long text', long: 'x'.repeat(900_000) },
  'HTML everywhere': { name: HTML, title: HTML, [HTML]: { [HTML]: HTML } },
  'terminal escapes': { name: TERMINAL, [TERMINAL]: TERMINAL },
  'right to left': { name: RIGHT_TO_LEFT, [RIGHT_TO_LEFT]: RIGHT_TO_LEFT },
  'names of 255 characters': { name: 'n'.repeat(255), ['k'.repeat(255)]: 'v'.repeat(255) },
  'depth of 60': range(60).reduce((inner) => ({ inner }), { name: 'deep' }),
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
  await named(session, tell);
  for (const [name, body] of Object.entries(EVENTS)) {
    const { event_id: id } = await session.send({ ...body, greeting: 'hello' });
    const path = encodeURIComponent(id);
    await look(
      session,
      tell,
      `${name}, event`,
      `/events/${path}`,
      'section[aria-label="What each rule said"]',
    );
    await look(session, tell, `${name}, tape`, `/events?sel=${path}`, 'aside[aria-label=Event] details');
  }
  await look(session, tell, 'decisions', '/decisions', 'tbody tr');
  tell('scripts that ran', !(await page.evaluate(() => globalThis.harmed)), 'none', 'none');
  tell('the browser complained', session.problems.length === 0, session.problems[0] ?? 'no', 'no');
}

/** Objects whose names mean harm: activation, rulebook, ruleset, rule, stream. */
async function named(session, tell) {
  const { rest } = session;
  for (const name of [
    HTML.slice(0, 200),
    `${RIGHT_TO_LEFT} ${Date.now()}`,
    `n${Date.now()}`.padEnd(255, 'n'),
  ]) {
    const quoted = JSON.stringify(name);
    const rulesets = `- name: ${quoted}\n  hosts: all\n  sources:\n    - name: demo\n      ansible.eda.webhook:\n        port: 5000\n  rules:\n    - name: ${quoted}\n      condition: event.payload.greeting == "hello"\n      action:\n        debug:\n          msg: ${quoted}\n`;
    try {
      const streams = await rest('GET', 'event-streams/?page_size=100');
      const rulebook = await rest('POST', 'rulebooks/', {
        name: `${name}`.slice(0, 250),
        description: name,
        rulesets,
      });
      const made = await rest('POST', 'activations/', {
        name: `${name}`.slice(0, 250),
        is_enabled: true,
        rulebook_id: rulebook.id,
        source_mappings: [{ source_name: 'demo', event_stream_id: streams.results[0].id }],
      });
      await look(
        session,
        tell,
        'a name that means harm',
        `/activations/${made.id}`,
        'section[aria-label=Activation]',
      );
    } catch (problem) {
      tell('a name that means harm is refused', /4\d\d/.test(problem.message), problem.message.slice(0, 120));
    }
  }
  await look(session, tell, 'lists of such names', '/activations', 'tbody tr');
}

async function look(session, tell, name, path, ready) {
  const { page } = session;
  await session.go(path);
  await page.waitForSelector(ready);
  await session.settled();
  const seen = await page.evaluate(() => ({
    longest: globalThis.longest,
    injected: document.querySelectorAll('#main img[src=x], #main script').length,
    wide: document.documentElement.scrollWidth - innerWidth,
  }));
  const harmless = seen.injected === 0 && seen.wide <= 0;
  tell(
    name,
    harmless && seen.longest <= FROZEN_MILLIS,
    `longest task ${Math.round(seen.longest)} ms, ${seen.injected} elements made, ${Math.max(0, seen.wide)} px too wide`,
    `≤ ${FROZEN_MILLIS} ms, 0, 0`,
  );
}

function range(count) {
  return Array.from({ length: count }, (_, i) => i);
}
