import { useQuery } from '@tanstack/react-query';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Status } from '@/shared/ui/Status';
import { Ago } from '@/shared/ui/Time';
import css from './Desk.module.css';
import { changesQuery, type Activation } from './queries';

const words = text.rulebooks.swap;

/** What the last change of version did in each activation: which rules kept what they remember, and what was dropped. */
export function SwapReports({ users }: { users: readonly Activation[] }) {
  if (users.length === 0) return null;
  return (
    <section className={css.reports} aria-label={words.title}>
      <h3>{words.title}</h3>
      {users.map((one) => (
        <Report key={one.id} activation={one} />
      ))}
    </section>
  );
}

function Report({ activation }: { activation: Activation }) {
  const change = useQuery(changesQuery(activation.id)).data?.results[0];
  if (!change) return null;
  const lost = change.rules.filter((rule) => rule.waiting > 0 || rule.groups > 0);
  return (
    <article className={css.report} aria-label={activation.name}>
      <div className={css.versionHead}>
        <b>
          <bdi>{visible(activation.name)}</bdi>
        </b>
        <Status state={change.state} label={words.state(change.number, change.state)} />
        <span className="dim">
          <Ago at={change.requested_at} />
        </span>
      </div>
      {change.reason && <p className={css.refused}>{visible(change.reason)}</p>}
      {change.rules.length > 0 && (
        <p className="dim">{lost.length === 0 ? words.nothingLost : words.lost(lost.length)}</p>
      )}
      <ul>
        {change.rules.map((rule) => (
          <li key={`${rule.ruleset} ${rule.rule}`}>
            <bdi>{visible(rule.rule)}</bdi> <span className="dim">{words.fate(rule.fate)}</span>
            {(rule.waiting > 0 || rule.groups > 0) && (
              <span className="dim"> · {words.dropped(rule.waiting, rule.groups)}</span>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}
