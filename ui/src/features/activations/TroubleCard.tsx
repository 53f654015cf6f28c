import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { visible } from '@/shared/format/harmless';
import { text } from '@/shared/text/en';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { Card } from '@/shared/ui/Card';
import detail from '@/shared/ui/Detail.module.css';
import { Moment } from '@/shared/ui/Time';
import css from './Activation.module.css';
import { give, linesQuery, type Activation, type Way } from './queries';

const words = text.activations.trouble;
const LINES = 20;

/** Why an activation decides nothing, what it said last, and what can be done. */
export function TroubleCard({ activation }: { activation: Activation }) {
  const { status } = activation;
  const allowed = may(useUser(), 'operate:activation');
  const client = useQueryClient();
  const lines = useInfiniteQuery(linesQuery(activation.id, 'warn', undefined)).data?.pages[0]?.results ?? [];
  const way = useMutation({
    mutationFn: (order: Way) => give(order, activation.id),
    onSuccess: (_, order) => {
      notifications.show({ message: words.goesOn[order], color: 'green' });
      return client.invalidateQueries({ queryKey: ['activations'] });
    },
    onError: (problem) =>
      notifications.show({ title: words.wayFailed, message: problem.message, color: 'red' }),
  });
  if (status !== 'diverged' && status !== 'failed' && status !== 'error') return null;
  return (
    <Card title={words.title[status]}>
      <div className={detail.body}>
        <p>{words.hint[status]}</p>
        {status === 'diverged' && (
          <>
            {(['snapshot', 'anew'] as const).map((order) => (
              <div key={order}>
                <p className="dim">{words.wayHint[order]}</p>
                <Button
                  disabled={!allowed || way.isPending}
                  title={allowed ? undefined : text.activations.needsOperator}
                  onClick={() => way.mutate(order)}
                >
                  {words.way[order]}
                </Button>
              </div>
            ))}
          </>
        )}
        {status !== 'diverged' && (
          <ButtonLink small to={`/rulebooks/${activation.rulebook_id}`}>
            {words.toRulebook}
          </ButtonLink>
        )}
        {lines.length > 0 && (
          <ul className={css.held} aria-label={words.lines}>
            {lines.slice(0, LINES).map((line, i) => (
              <li key={i}>
                <Moment at={line.at} />
                <span>{visible(line.message)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
