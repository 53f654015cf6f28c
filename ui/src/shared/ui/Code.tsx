import { useState } from 'react';
import { text } from '@/shared/text/en';
import { IconButton } from './Button';
import css from './Code.module.css';

/** Copies, and says so where it was asked. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      iconSize={14}
      label={copied ? text.action.copied : text.action.copy(label)}
      onClick={() => void copy()}
    />
  );
}

interface Props {
  value: string;
  label: string;
  wrap?: boolean;
}

export function Code({ value, label, wrap }: Props) {
  return (
    <div className={css.box}>
      <pre
        className={wrap ? `${css.code} ${css.wrap}` : css.code}
        tabIndex={0}
        role="group"
        aria-label={label}
      >
        {value}
      </pre>
      <span className={css.copy}>
        <CopyButton value={value} label={label} />
      </span>
    </div>
  );
}

/** One line with a copy button beside it. */
export function Copyable({ value, label }: { value: string; label: string }) {
  return (
    <span className={css.inline}>
      <code className="mono ell" title={value}>
        {value}
      </code>
      <CopyButton value={value} label={label} />
    </span>
  );
}
