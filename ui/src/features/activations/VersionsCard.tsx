import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { ListCard, Note, Table } from '@/shared/ui/List';
import { Status } from '@/shared/ui/Status';
import { Ago, Moment } from '@/shared/ui/Time';
import detail from '@/shared/ui/Detail.module.css';
import css from './Activation.module.css';
import {
  putLive,
  rulebookVersions,
  versionsQuery,
  type Activation,
  type RuleFate,
  type Swap,
} from './queries';

const words = text.versions;
const LOOKS: Readonly<Record<string, string>> = { live: 'running', waiting: 'queued', refused: 'failed' };

/** Which version decided when and what each change dropped; any version of the rulebook can be put live again. */
export function VersionsCard({ activation }: { activation: Activation }) {
  return (
    <div className={detail.two}>
      <History activation={activation} />
      <Available activation={activation} />
    </div>
  );
}

function History({ activation }: { activation: Activation }) {
  const query = useQuery(versionsQuery(activation.id));
  return (
    <ListCard
      title={words.title}
      query={query}
      rows={(page) => page.results}
      empty={
        <Note icon="rulebook" title={words.never} compact>
          <p>{words.neverHint}</p>
        </Note>
      }
    >
      {(page) => (
        <ol className={css.swaps} aria-label={words.title}>
          {page.results.map((swap) => (
            <Change key={swap.entry + swap.requested_at} swap={swap} />
          ))}
        </ol>
      )}
    </ListCard>
  );
}

function Change({ swap }: { swap: Swap }) {
  const touched = swap.rules.filter((rule) => rule.fate !== 'kept');
  return (
    <li>
      <div className={css.swap}>
        <b className="num">{text.activations.version(swap.number)}</b>
        <Status state={LOOKS[swap.state] ?? 'stopped'} label={text.state(swap.state)} />
        <Moment at={swap.live_at ?? swap.requested_at} />
        {swap.requested_by && <bdi className="dim">{visible(swap.requested_by)}</bdi>}
      </div>
      {swap.reason && <p className="dim">{visible(swap.reason)}</p>}
      {touched.map((rule) => (
        <p key={`${rule.ruleset} ${rule.rule}`} className={css.fate}>
          <bdi>{visible(rule.rule)}</bdi> <span className="dim">{fateOf(rule)}</span>
        </p>
      ))}
    </li>
  );
}

function fateOf(rule: RuleFate): string {
  return words.fates[rule.fate] ?? text.state(rule.fate).toLowerCase();
}

function Available({ activation }: { activation: Activation }) {
  const query = useQuery(rulebookVersions(activation.rulebook_id));
  return (
    <ListCard
      title={words.available}
      query={query}
      rows={(page) => page.results}
      sub=""
      right={
        <ButtonLink small to={`/rulebooks/${activation.rulebook_id}`}>
          {words.toRulebook}
        </ButtonLink>
      }
      empty={<Note icon="rulebook" title={words.never} compact />}
    >
      {(page) => (
        <Table label={words.available}>
          <thead>
            <tr>
              <th>{words.version}</th>
              <th>{words.made}</th>
              <th data-right>{words.act}</th>
            </tr>
          </thead>
          <tbody>
            {page.results.map((version) => (
              <tr key={version.id}>
                <td data-wide title={version.message}>
                  <b className="num">{text.activations.version(version.number)}</b>{' '}
                  <bdi className="dim">{visible(version.message)}</bdi>
                </td>
                <td className="dim">
                  <Ago at={version.created_at} />
                </td>
                <td data-right>
                  {version.id === activation.rulebook_version ? (
                    <Status state="running" label={words.live} />
                  ) : (
                    <PutLive activation={activation} number={version.number} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </ListCard>
  );
}

function PutLive({ activation, number }: { activation: Activation; number: number }) {
  const client = useQueryClient();
  const allowed = may(useUser(), 'operate:activation');
  const change = useMutation({
    mutationFn: () => putLive(activation.id, number),
    onSuccess: () => {
      notifications.show({ message: words.asked(number), color: 'green' });
      return client.invalidateQueries({ queryKey: ['activations'] });
    },
    onError: (problem) =>
      notifications.show({ title: words.refused(number), message: problem.message, color: 'red' }),
  });
  return (
    <Button
      small
      disabled={!allowed || change.isPending}
      title={allowed ? undefined : text.activations.needsOperator}
      onClick={() => change.mutate()}
    >
      {words.put(number)}
    </Button>
  );
}
