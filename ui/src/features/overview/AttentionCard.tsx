import { useQuery } from '@tanstack/react-query';
import { age, integer } from '@/shared/format/number';
import { activationsQuery, deadLettersQuery, statusQuery } from '@/shared/queries';
import type { Tick } from '@/shared/live/channels';
import { text } from '@/shared/text/en';
import { ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import { Icon, type IconName } from '@/shared/ui/Icon';
import { Loaded, Note } from '@/shared/ui/List';
import { attentionOf, type Attention } from './attention';
import css from './Overview.module.css';
import { visible } from '@/shared/format/harmless';

const words = text.overview;

/** What waits for a person in what is shown, each with the way to where it is mended. */
export function useAttention(ticks: readonly Tick[]): readonly Attention[] {
  return attentionOf({
    deadLetters: useQuery(deadLettersQuery()).data,
    activations: useQuery(activationsQuery()).data?.results ?? [],
    relaxed: useQuery(statusQuery()).data?.durability === 'relaxed',
    ticks,
  });
}

export function AttentionCard({ items }: { items: readonly Attention[] }) {
  const deadLetters = useQuery(deadLettersQuery());
  return (
    <Card title={words.attention} {...(items.length > 0 && { sub: integer(items.length) })}>
      <Loaded query={deadLetters}>
        {() =>
          items.length === 0 ? (
            <Note icon="check" tone="ok" title={words.allWell} compact>
              <p>{words.allWellHint}</p>
            </Note>
          ) : (
            <ul className={css.list} aria-label={words.attention}>
              {items.map(rowOf).map((row) => (
                <AttentionRow key={row.key} row={row} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

interface Row {
  readonly key: string;
  readonly icon: IconName;
  readonly bad: boolean;
  readonly title: string;
  readonly detail: string;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
}

function rowOf(item: Attention): Row {
  switch (item.kind) {
    case 'activation':
      return {
        key: `activation ${item.activation.id}`,
        icon: 'x',
        bad: true,
        title: words.activationState(item.activation.name, text.state(item.activation.status).toLowerCase()),
        detail: item.activation.status_message,
        to: `/activations/${item.activation.id}`,
      };
    case 'source':
      return {
        key: `source ${item.activation.id}`,
        icon: 'stream',
        bad: false,
        title: words.sourceStumbles(item.activation.name),
        detail: item.activation.status_message,
        to: `/activations/${item.activation.id}`,
        search: { tab: 'log' },
      };
    case 'silent':
      return {
        key: `silent ${item.process}`,
        icon: 'warn',
        bad: true,
        title: words.silent(item.process),
        detail: words.silentHint(age(item.seconds * 1000)),
        to: '/activations',
      };
    case 'relaxed':
      return {
        key: 'relaxed',
        icon: 'warn',
        bad: false,
        title: words.relaxed,
        detail: words.relaxedHint,
        to: '/event-streams',
      };
    case 'refused':
      return {
        key: 'refused',
        icon: 'lock',
        bad: false,
        title: words.refused(item.count),
        detail: words.refusedHint(item.statuses.join(', ')),
        to: '/event-streams',
      };
    case 'task':
      return {
        key: item.task.id,
        icon: 'inbox',
        bad: false,
        title: words.deadLetter(item.task.action),
        detail: `${item.task.rule} · ${words.attempts(item.task.attempt)} · ${item.task.message}`,
        to: '/actions',
        search: { tab: 'dead', sel: item.task.id },
      };
    case 'more':
      return {
        key: 'more',
        icon: 'inbox',
        bad: false,
        title: words.deadLetterMore(item.count),
        detail: '',
        to: '/actions',
        search: { tab: 'dead' },
      };
  }
}

function AttentionRow({ row }: { row: Row }) {
  return (
    <li>
      <span className={css.badge} data-tone={row.bad ? 'err' : 'warn'}>
        <Icon name={row.icon} size={14} />
      </span>
      <span className="ell" title={row.detail}>
        <b className="ell">
          <bdi>{visible(row.title)}</bdi>
        </b>
        {row.detail && (
          <small className="ell">
            <bdi>{visible(row.detail)}</bdi>
          </small>
        )}
      </span>
      <ButtonLink
        small
        to={row.to}
        search={(row.search ?? {}) as never}
        aria-label={`${words.review}: ${row.title}`}
      >
        {words.review}
      </ButtonLink>
    </li>
  );
}
