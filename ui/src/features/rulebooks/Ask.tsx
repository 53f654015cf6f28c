import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { text } from '@/shared/text/en';
import { IconButton } from '@/shared/ui/Button';
import css from './Ask.module.css';

interface Props {
  title: string;
  onEnd(): void;
  children: ReactNode;
}

/** A dialog of this feature: its title, what it asks, and the button that does it last. */
export function Ask({ title, onEnd, children }: Props) {
  return (
    <Modal
      opened
      onClose={onEnd}
      withCloseButton={false}
      size="lg"
      attributes={{ content: { 'aria-label': title } }}
    >
      <div className={css.ask}>
        <div className={css.title}>
          <h2>{title}</h2>
          <IconButton icon="x" iconSize={14} label={text.action.close} onClick={onEnd} />
        </div>
        {children}
      </div>
    </Modal>
  );
}

/** A label above its field. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className={css.field}>
      <span>{label}</span>
      {children}
    </label>
  );
}

export function Refused({ title, problem }: { title: string; problem: Error | null }) {
  if (!problem) return null;
  return (
    <p role="alert" className={css.refused}>
      <b>{title}.</b> {problem.message}
    </p>
  );
}
