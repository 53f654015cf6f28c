import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Loaded, Note } from '@/shared/ui/List';
import { Ago } from '@/shared/ui/Time';
import css from './Desk.module.css';
import type { Comparison } from './Desk';
import { SwapReports } from './SwapReports';
import { tellDone, tellFailed } from './tell';
import { putVersion, versionsQuery, versionText, type Activation, type Rulebook } from './queries';
import { activationsQuery } from '@/shared/queries';

const words = text.rulebooks.versions;

interface Props {
  rulebook: Rulebook;
  text: string;
  writes: boolean;
  onCompare(comparison: Comparison): void;
  onRestore(text: string): void;
}

/** Every version with who made it and why, to compare with, to go back to, and what putting the newest live did. */
export function VersionsView({ rulebook, text: current, writes, onCompare, onRestore }: Props) {
  const query = useQuery(versionsQuery(rulebook.id));
  const users = (useQuery(activationsQuery()).data?.results ?? []).filter(
    (one) => one.rulebook_id === rulebook.id,
  );
  const compare = async (number: number) => {
    const before = await versionText(rulebook.id, number);
    onCompare({ label: words.diffLabel(number), before, after: current });
  };
  const restore = async (number: number) => {
    onRestore(await versionText(rulebook.id, number));
    tellDone(words.restored(number));
  };
  return (
    <>
      <Loaded
        query={query}
        isEmpty={(page) => page.results.length === 0}
        empty={<Note icon="rulebook" title={words.empty} compact />}
      >
        {(page) => (
          <ol className={css.versions}>
            {page.results.map((one, i) => (
              <li key={one.number}>
                <div className={css.versionHead}>
                  <b className="num">{text.rulebooks.versionShort(one.number)}</b>
                  {i === 0 && <span className={css.version}>{words.newest}</span>}
                  <span className="dim">
                    <Ago at={one.created_at} /> {one.created_by && words.by(visible(one.created_by))}
                  </span>
                </div>
                {one.message && (
                  <p>
                    <bdi>{visible(one.message)}</bdi>
                  </p>
                )}
                {one.activations.length > 0 && (
                  <p className="dim">
                    {words.usedBy(one.activations.map((user) => visible(user.name)).join(', '))}
                  </p>
                )}
                <div className={css.tools}>
                  <Button small onClick={() => void compare(one.number)}>
                    {words.compare(one.number)}
                  </Button>
                  {writes && i > 0 && (
                    <Button small onClick={() => void restore(one.number)}>
                      {words.restore(one.number)}
                    </Button>
                  )}
                  <RollBack number={one.number} users={users} live={one.activations.map((user) => user.id)} />
                </div>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      <SwapReports users={users} />
    </>
  );
}

/** Puts an older or newer version live on one activation. */
function RollBack({
  number,
  users,
  live,
}: {
  number: number;
  users: readonly Activation[];
  live: readonly number[];
}) {
  const allowed = may(useUser(), 'operate:activation');
  const client = useQueryClient();
  const put = useMutation({
    mutationFn: (one: Activation) => putVersion(one.id, number),
    onSuccess: (_, one) => tellDone(words.rolledBack(one.name, number)),
    onError: (problem) => tellFailed(words.rollFailed, problem),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['rulebooks'] }),
        client.invalidateQueries({ queryKey: ['activations'] }),
      ]),
  });
  if (!allowed) return null;
  return users
    .filter((one) => !live.includes(one.id))
    .map((one) => (
      <Button key={one.id} small disabled={put.isPending} onClick={() => put.mutate(one)}>
        {words.rollBack(visible(one.name), number)}
      </Button>
    ));
}
