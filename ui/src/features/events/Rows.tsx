import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, RefObject } from 'react';
import { visible } from '@/shared/format/harmless';
import { bytes } from '@/shared/format/number';
import { absolute, clockMillis, moment } from '@/shared/format/time';
import { text } from '@/shared/text/en';
import { useOpenRow } from '@/shared/ui/keys';
import css from './Events.module.css';
import type { Row } from './events';

const words = text.events;
const ROW_HEIGHT = 32;
const DAY = 86_400_000;

interface Props {
  rows: readonly Row[];
  box: RefObject<HTMLDivElement | null>;
  open: string | undefined;
  onOpen(id: string | undefined): void;
  onScroll?(top: number): void;
  stale: boolean;
  /** Below the last row. */
  foot?: ReactNode;
  /** Over the first row. */
  pill?: ReactNode;
}

/** Only the rows in sight are drawn, so that thousands of them cost no more than thirty. */
export function Rows({ rows, box, open, onOpen, onScroll, stale, foot, pill }: Props) {
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const active = useOpenRow(
    rows.map((row) => row.id),
    open,
    onOpen,
  );
  const newest = rows[0]?.at ?? 0;
  return (
    <>
      <div className={css.table} role="table" aria-label={words.title} aria-rowcount={rows.length + 1}>
        <div role="rowgroup">
          <div role="row" className={css.head}>
            {[words.received, words.stream, words.subject, words.rulesColumn, words.size].map((name) => (
              <span key={name} role="columnheader">
                {name}
              </span>
            ))}
          </div>
        </div>
        <div className={css.under}>
          {pill}
          <div
            ref={box}
            className={css.body}
            role="rowgroup"
            tabIndex={0}
            aria-label={words.title}
            data-stale={stale || undefined}
            onScroll={(event) => onScroll?.(event.currentTarget.scrollTop)}
          >
            <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
              {virtual.getVirtualItems().map((item) => {
                const row = rows[item.index];
                return (
                  row && (
                    <div
                      key={item.key}
                      role="row"
                      aria-rowindex={item.index + 2}
                      data-id={row.id}
                      data-active={row.id === active || undefined}
                      data-open={row.id === open || undefined}
                      className={css.row}
                      style={{ transform: `translateY(${item.start}px)` }}
                      onClick={() => onOpen(row.id)}
                    >
                      <Cells row={row} dated={newest - row.at > DAY / 2} onOpen={onOpen} />
                    </div>
                  )
                );
              })}
            </div>
          </div>
        </div>
      </div>
      {foot}
    </>
  );
}

function Cells({ row, dated, onOpen }: { row: Row; dated: boolean; onOpen(id: string): void }) {
  return (
    <>
      <span role="cell" className="mono dim" title={absolute(row.at)}>
        {dated ? moment(row.at, row.at + DAY) : clockMillis(row.at)}
      </span>
      <span role="cell" className="dim">
        <bdi>{visible(row.stream)}</bdi>
      </span>
      <span role="cell">
        <button
          type="button"
          className={css.subject}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(row.id);
          }}
        >
          <bdi>{visible(row.subject) || <span className="mono dimmer">{row.id}</span>}</bdi>
        </button>
      </span>
      <span role="cell">
        {row.matched > 0 ? (
          <span className={css.matched}>{words.ruleCount(row.matched)}</span>
        ) : (
          <span className="dimmer">–</span>
        )}
      </span>
      <span role="cell" className="num dimmer">
        {bytes(row.size)}
      </span>
    </>
  );
}
