import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { text } from '@/shared/text/en';
import { Button } from '@/shared/ui/Button';
import css from './Actions.module.css';

interface DialogProps {
  title: string;
  hint: string;
  wide?: boolean;
  onNo(): void;
  /** The button that does it comes last. */
  children: ReactNode;
}

/** Asks before something is done. */
export function Dialog({ title, hint, wide, onNo, children }: DialogProps) {
  return (
    <Modal
      opened
      onClose={onNo}
      withCloseButton={false}
      size={wide ? 'lg' : 'md'}
      attributes={{ content: { 'aria-label': title } }}
    >
      <div className={css.dialog}>
        <h2>{title}</h2>
        <p className="dim">{hint}</p>
        {children}
        <Button onClick={onNo}>{text.actions.leave}</Button>
      </div>
    </Modal>
  );
}
