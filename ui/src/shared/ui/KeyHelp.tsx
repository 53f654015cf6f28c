import { Modal } from '@mantine/core';
import { base } from '@/api/client';
import { pages } from '@/shared/page';
import { text } from '@/shared/text/en';
import { IconButton } from './Button';
import css from './Shell.module.css';

const KEYS: readonly (readonly [readonly string[], string])[] = [
  [['⌘ K', 'Ctrl K'], text.keys.palette],
  ...pages.flatMap((page) => (page.nav ? [[[`g ${page.nav.key}`], text.nav.goto(page.title)] as const] : [])),
  [['j', 'k'], text.keys.rows],
  [['Enter'], text.keys.open],
  [['Esc'], text.keys.close],
  [['r', 'e', 'd', 'c'], text.keys.operate],
  [['x'], text.keys.choose],
  [['/'], text.keys.filter],
  [['Space'], text.keys.pause],
  [['Shift T'], text.keys.theme],
  [['?'], text.keys.help],
];

export default function KeyHelp({ onClose }: { onClose(): void }) {
  return (
    // Mantine's own header would be a second banner landmark.
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': text.keys.title } }}
    >
      <div className={css.keysHead}>
        <h2>{text.keys.title}</h2>
        <IconButton icon="x" iconSize={14} label={text.action.close} onClick={onClose} />
      </div>
      <dl className={css.keys}>
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning} style={{ display: 'contents' }}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} style={{ marginLeft: 6 }}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className={css.licences}>
        <a href={new URL('licences.txt', base).href}>{text.nav.licences}</a>
      </p>
    </Modal>
  );
}
