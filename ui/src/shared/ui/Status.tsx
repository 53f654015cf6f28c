import { text } from '@/shared/text/en';
import { Icon, type IconName } from './Icon';
import css from './Status.module.css';

export type Tone = 'ok' | 'err' | 'warn' | 'info' | 'mute';

/** Everything that has a state, by the label the server gives it. */
const LOOKS: Readonly<Record<string, readonly [Tone, IconName]>> = {
  // activations
  running: ['ok', 'check'],
  starting: ['info', 'retry'],
  pending: ['info', 'clock'],
  stopping: ['mute', 'clock'],
  stopped: ['mute', 'pause'],
  completed: ['mute', 'check'],
  error: ['err', 'x'],
  diverged: ['err', 'warn'],
  deleting: ['mute', 'clock'],
  // decisions, actions, attempts
  successful: ['ok', 'check'],
  succeeded: ['ok', 'check'],
  failed: ['err', 'x'],
  waiting: ['mute', 'clock'],
  queued: ['info', 'clock'],
  dead_letter: ['err', 'inbox'],
  dropped: ['mute', 'x'],
  refused: ['warn', 'lock'],
  cancelled: ['mute', 'x'],
  expired: ['warn', 'clock'],
  lost: ['warn', 'warn'],
};

/** An action that runs is on its way, an activation that runs is well. */
const RUNNING: Readonly<Record<string, readonly [Tone, IconName]>> = { action: ['info', 'retry'] };

export function lookOf(state: string, kind?: 'action'): readonly [Tone, IconName] {
  return (kind && state === 'running' && RUNNING[kind]) || LOOKS[state] || ['mute', 'minus'];
}

interface Props {
  state: string;
  kind?: 'action';
  label?: string;
}

/** Icon and word: colour alone never says a state. */
export function Status({ state, kind, label }: Props) {
  const [tone, icon] = lookOf(state, kind);
  return (
    <span className={`${css.pill} ${css[tone]}`}>
      <Icon name={icon} size={12} />
      {label ?? text.state(state)}
    </span>
  );
}

export function StatusIcon({ state, kind }: Props) {
  const [tone, icon] = lookOf(state, kind);
  return (
    <span className={`${css.bare} ${css[tone]}`}>
      <Icon name={icon} size={14} title={text.state(state)} />
    </span>
  );
}
