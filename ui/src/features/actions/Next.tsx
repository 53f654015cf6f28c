import { duration } from '@/shared/format/number';
import { millis } from '@/shared/format/time';
import { text } from '@/shared/text/en';
import { Ago } from '@/shared/ui/Time';
import { useNow } from '@/shared/ui/useNow';
import type { Task } from './actions';

const words = text.actions;

/** What happens next to it, or how it ended. */
export function Next({ task }: { task: Task }) {
  const now = useNow();
  if (task.ended_at) return <Ago at={task.ended_at} />;
  if (task.state === 'waiting') return <>{words.waitsForTurn}</>;
  if (task.state === 'running') return <>{words.runningNow}</>;
  const wait = millis(task.due_at) - now;
  return <span className="num">{wait > 1000 ? words.dueIn(duration(wait)) : words.dueNow}</span>;
}
