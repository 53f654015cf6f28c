import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ProblemError } from '@/api/problem';
import { visible } from '@/shared/format/harmless';
import { age, duration, integer } from '@/shared/format/number';
import { millis } from '@/shared/format/time';
import { text } from '@/shared/text/en';
import { Card } from '@/shared/ui/Card';
import { Json } from '@/shared/ui/Json';
import { Loaded, Note, Table } from '@/shared/ui/List';
import { Ago, Moment } from '@/shared/ui/Time';
import { useNow } from '@/shared/ui/useNow';
import detail from '@/shared/ui/Detail.module.css';
import { groupOf, holdsNothing } from './activation';
import css from './Activation.module.css';
import { memoryQuery, type Memory, type RulesetMemory } from './queries';

const words = text.memory;

/** What the running session remembers: rules with their counters, facts, and everything that waits. */
export function MemoryCards({ id }: { id: number }) {
  const query = useQuery(memoryQuery(id));
  if (query.error instanceof ProblemError && query.error.status === 404) {
    return (
      <Card title={words.title}>
        <Note icon="activation" title={words.none}>
          <p>{query.error.message}</p>
        </Note>
      </Card>
    );
  }
  return (
    <Loaded query={query}>
      {(memory) => (
        <>
          <Seen memory={memory} />
          {memory.rulesets.map((one) => (
            <Ruleset key={one.name} one={one} />
          ))}
        </>
      )}
    </Loaded>
  );
}

/** How old it is, and where it comes from. */
function Seen({ memory }: { memory: Memory }) {
  const now = useNow();
  const seen = millis(memory.seen_at);
  return (
    <p className={css.seen} role="note" data-live={memory.live}>
      {memory.live ? words.live(age(now - seen)) : words.snapshot} {words.upTo} <Moment at={memory.now} />
    </p>
  );
}

function Ruleset({ one }: { one: RulesetMemory }) {
  return (
    <section className={detail.column} aria-label={one.name}>
      <h2 className={css.ruleset}>
        <bdi>{visible(one.name)}</bdi>
      </h2>
      <Rules one={one} />
      {holdsNothing(one) && (
        <Card title={words.waits}>
          <Note icon="check" tone="ok" title={words.nothing} compact>
            <p>{words.nothingHint}</p>
          </Note>
        </Card>
      )}
      {one.event_count > 0 && <Partials one={one} />}
      {one.windows.length > 0 && <Windows one={one} />}
      {one.throttles.length > 0 && <Throttles one={one} />}
      {one.fact_count > 0 && <FactsCard one={one} />}
    </section>
  );
}

function Rules({ one }: { one: RulesetMemory }) {
  return (
    <Card title={words.rules} sub={integer(one.rules.length)}>
      <Table label={words.rules}>
        <thead>
          <tr>
            <th>{words.rule}</th>
            <th data-right>{words.matched}</th>
            <th data-right title={words.suppressedHint}>
              {words.suppressed}
            </th>
            <th data-right>{words.last}</th>
          </tr>
        </thead>
        <tbody>
          {one.rules.map((rule) => (
            <tr key={rule.rule}>
              <td data-wide>
                <Link to="/decisions" search={{ rule: rule.rule } as never}>
                  <bdi>{visible(rule.rule)}</bdi>
                </Link>{' '}
                {!rule.enabled && <span className="dimmer">{words.disabled}</span>}
              </td>
              <td data-right>{integer(rule.matched)}</td>
              <td data-right className={rule.suppressed ? undefined : 'dimmer'}>
                {integer(rule.suppressed)}
              </td>
              <td data-right className="dim">
                {rule.last ? <Ago at={rule.last} bare /> : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Partials({ one }: { one: RulesetMemory }) {
  return (
    <Card title={words.partials} sub={words.newestOf(one.partials.length, one.event_count)}>
      <Table label={words.partials}>
        <thead>
          <tr>
            <th>{words.rule}</th>
            <th>{words.event}</th>
            <th>{words.fulfils}</th>
            <th>{words.waitsFor}</th>
            <th data-right>{words.expires}</th>
          </tr>
        </thead>
        <tbody>
          {one.partials.map((part) => (
            <tr key={part.rule + part.id}>
              <td data-wide>
                <bdi>{visible(part.rule)}</bdi>
              </td>
              <td>
                <Link to={`/events/${encodeURIComponent(part.id)}`}>
                  <Moment at={part.at} />
                </Link>
              </td>
              <td data-wide className="mono dim">
                {visible(part.fulfils)}
              </td>
              <td className={css.waits}>{visible(part.waits_for)}</td>
              <td data-right className="dim">
                <Left until={part.until} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Windows({ one }: { one: RulesetMemory }) {
  return (
    <Card title={words.windows} sub={words.windowsSub}>
      <Table label={words.windows}>
        <thead>
          <tr>
            <th>{words.rule}</th>
            <th>{words.came}</th>
            <th>{words.missing}</th>
            <th data-right>{words.ends}</th>
          </tr>
        </thead>
        <tbody>
          {one.windows.map((open) => (
            <tr key={open.rule}>
              <td data-wide>
                <bdi>{visible(open.rule)}</bdi>
              </td>
              <td data-wide className="mono dim">
                {visible(open.fulfilled.join('; '))}
              </td>
              <td data-wide className="mono">
                {visible(open.missing.join('; '))}
              </td>
              <td data-right className="dim">
                <Left until={open.until} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Throttles({ one }: { one: RulesetMemory }) {
  return (
    <Card title={words.throttles} sub={integer(one.throttles.length)}>
      <Table label={words.throttles}>
        <thead>
          <tr>
            <th>{words.rule}</th>
            <th>{words.kind}</th>
            <th>{words.group}</th>
            <th data-right>{words.count}</th>
            <th data-right>{words.ends}</th>
          </tr>
        </thead>
        <tbody>
          {one.throttles.map((group) => (
            <tr key={group.rule + group.group}>
              <td data-wide>
                <bdi>{visible(group.rule)}</bdi>
              </td>
              <td className="mono dim">{group.kind}</td>
              <td data-wide className="mono">
                {visible(groupOf(group.group)) || words.alone}
              </td>
              <td data-right>{words.countOf(group.count, group.threshold)}</td>
              <td data-right className="dim">
                <Left until={group.until} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function FactsCard({ one }: { one: RulesetMemory }) {
  return (
    <Card title={words.facts} sub={words.newestOf(one.facts.length, one.fact_count)}>
      <ul className={css.held}>
        {one.facts.map((fact) => (
          <li key={fact.id}>
            <Moment at={fact.at} />
            <Json value={fact.body} label={words.fact} folded={['meta']} open={1} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** How long until then; session time stands still while nothing comes, so it may be over by the clock. */
function Left({ until }: { until: string }) {
  const left = millis(until) - useNow();
  return (
    <time dateTime={until} title={until}>
      {left > 0 ? words.left(duration(left)) : words.due}
    </time>
  );
}
