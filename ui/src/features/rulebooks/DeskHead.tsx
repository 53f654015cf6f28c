import { useState } from 'react';
import { useUser } from '@/shared/auth/context';
import { may } from '@/shared/auth/permissions';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import { Icon } from '@/shared/ui/Icon';
import { Ask } from './Ask';
import css from './Desk.module.css';
import type { Comparison } from './Desk';
import { differs, hasDraft, type DraftState } from './draft';
import type { RulesetModel } from './model';
import { PublishDialog } from './PublishDialog';
import type { Rulebook } from './queries';
import { StartDialog } from './StartDialog';
import { tellDone, tellFailed } from './tell';
import type { Draft } from './useDraft';
import type { Validation } from './useValidation';
import { visible } from '@/shared/format/harmless';

const words = text.rulebooks;

interface Props {
  rulebook: Rulebook;
  draft: Draft;
  model: readonly RulesetModel[] | undefined;
  validation: Validation | undefined;
  writes: boolean;
  onTest(): void;
  onReplace(text: string): void;
  onCompare(comparison: Comparison): void;
}

/** What stands where, and what can be done with it. */
export function DeskHead(props: Props) {
  const { rulebook, draft, model, validation, writes, onTest } = props;
  const { state } = draft;
  const [asked, setAsked] = useState<'publish' | 'start' | 'discard'>();
  const starts = may(useUser(), 'write:activation');
  const errors = errorsOf(validation, state.text);
  const close = () => setAsked(undefined);
  const rules = model?.reduce((sum, ruleset) => sum + ruleset.rules.length, 0) ?? 0;
  return (
    <header className={css.head}>
      <h2 className="sr">
        <bdi>{visible(rulebook.name)}</bdi>
      </h2>
      <span className={css.version}>
        <Icon name="check" size={12} />
        {words.state.published(state.published.number)}
      </span>
      <span className={css.saving} role="status">
        {writes ? words.state[savingOf(state)] : words.editor.readOnly}
      </span>
      {model && <span className="dimmer">{words.contains(model.length, rules)}</span>}
      <span className={css.grow} />
      <Button onClick={onTest}>
        <Icon name="play" size={12} />
        {words.test.run} <kbd>{words.test.key}</kbd>
      </Button>
      <Button
        disabled={!starts}
        title={starts ? undefined : words.needsOperator}
        onClick={() => setAsked('start')}
      >
        <Icon name="activation" size={13} />
        {words.start.open}
      </Button>
      {writes && hasDraft(state) && (
        <Button disabled={state.theirs !== undefined} onClick={() => setAsked('discard')}>
          {words.discard.action}
        </Button>
      )}
      <Button
        primary
        disabled={!writes || errors > 0 || !differs(state) || state.theirs !== undefined}
        title={whyNot(writes, errors, state)}
        onClick={() => setAsked('publish')}
      >
        {words.publish.open(state.published.number + 1)}
      </Button>
      {asked === 'publish' && <PublishDialog {...props} onEnd={close} />}
      {asked === 'start' && <StartDialog rulebook={rulebook} behind={differs(state)} onEnd={close} />}
      {asked === 'discard' && <Discard {...props} onEnd={close} />}
    </header>
  );
}

function savingOf(state: DraftState): Exclude<keyof typeof words.state, 'published'> {
  if (state.theirs) return 'conflict';
  if (state.saving === 'failed') return 'failed';
  if (state.saving === 'saving') return 'saving';
  if (state.text !== state.saved) return 'unsaved';
  return state.revision > 0 ? 'saved' : 'same';
}

function errorsOf(validation: Validation | undefined, current: string): number {
  if (!validation || validation.text !== current) return 0;
  return validation.problems.filter((one) => one.severity === 'error').length;
}

function whyNot(writes: boolean, errors: number, state: DraftState): string | undefined {
  if (!writes) return words.needsOperator;
  if (errors > 0) return words.publish.blocked(errors);
  return differs(state) ? undefined : words.publish.same;
}

function Discard({ draft, onReplace, onEnd }: Props & { onEnd(): void }) {
  const discard = async () => {
    onEnd();
    try {
      onReplace(await draft.discard());
      tellDone(words.discard.done);
    } catch (problem) {
      tellFailed(words.discard.action, problem);
    }
  };
  return (
    <Ask title={words.discard.title} onEnd={onEnd}>
      <p>{words.discard.hint}</p>
      <Button primary data-autofocus onClick={() => void discard()}>
        {words.discard.action}
      </Button>
    </Ask>
  );
}
