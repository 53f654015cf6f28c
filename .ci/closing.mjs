// The last lines of a test run: what failed, and what passed only when it was run once more. Usage: node .ci/closing.mjs LOGS
// Answers 1 when a test failed. Reads the reports that Surefire and Vitest write, and the names that .ci/test left in LOGS.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SHOWN = 12; // the end of a log is what is left of it everywhere
const WIDTH = 220;
const [logs] = process.argv.slice(2);

const lines = (file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
const plain = (text) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&#x([0-9a-fA-F]+);/g, (_, code) => String.fromCharCode(parseInt(code, 16)))
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
const short = (text) => (text.length > WIDTH ? `${text.slice(0, WIDTH)} ...` : text);
const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/** The tests of one report that went wrong. */
function read(module, file) {
  const found = [];
  const cases = readFileSync(file, 'utf8').matchAll(/<testcase\b([^>]*[^/])>([\s\S]*?)<\/testcase>/g);
  for (const [, head, body] of cases) {
    const name = plain(`${attribute(head, 'classname').replace(/^.*[./]/, '')}.${attribute(head, 'name')}`);
    const wrong = /<(failure|error|flakyFailure|flakyError)\b([^>]*)>/.exec(body);
    if (wrong) {
      const said = plain(attribute(wrong[2], 'message')) || attribute(wrong[2], 'type');
      found.push({ flaky: wrong[1].startsWith('flaky'), text: short(`${module} ${name}: ${said}`) });
    }
  }
  return found;
}

const tests = readdirSync('.', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(entry.name, 'target/surefire-reports')))
  .flatMap(({ name }) =>
    readdirSync(join(name, 'target/surefire-reports'))
      .filter((file) => file.endsWith('.xml'))
      .flatMap((file) => read(name, join(name, 'target/surefire-reports', file))),
  );
const failed = tests.filter((test) => !test.flaky).map((test) => test.text);
const flaky = tests.filter((test) => test.flaky).map((test) => test.text);

// A fork that died or hung is no failure of a test, and Surefire has been told to go on
for (const line of lines(join(logs, 'maven.log'))) {
  if (/forked VM terminated|timeout or other error in the fork|Corrupted channel|There was a timeout/.test(line)) {
    failed.push(short(plain(line)));
  }
}
for (const step of lines(join(logs, 'failed'))) {
  const said = lines(join(logs, `${step}.log`)).filter((line) => /error|fail|not ok|timeout|exception/i.test(line));
  if (step !== 'maven' || failed.length === 0) {
    failed.push(short(`${step}: ${plain(said.at(step === 'maven' ? 0 : -1) ?? 'see its log')} (${logs}/${step}.log)`));
  }
}
for (const step of lines(join(logs, 'flaky'))) {
  flaky.push(`${step}: its first run is kept in ${logs}/${step}-first.log`);
}

function tell(title, all) {
  const unique = [...new Set(all)];
  if (unique.length > 0) {
    console.log(`${title} (${unique.length}):`);
    unique.slice(0, SHOWN).forEach((text) => console.log(`  ${text}`));
    if (unique.length > SHOWN) console.log(`  ... and ${unique.length - SHOWN} more, see ${logs} and */target/surefire-reports`);
  }
}
console.log();
tell('FLAKY, passed only when run once more: a defect to be mended', flaky);
tell('FAILED', failed);
if (failed.length === 0) console.log(`All tests passed${flaky.length > 0 ? ', the flaky ones on their second run' : ''}.`);
process.exit(failed.length > 0 ? 1 : 0);
