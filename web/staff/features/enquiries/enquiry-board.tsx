import { useQuery } from '@tanstack/react-query';
import type { DragEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { EnquiryStage } from '../../../../src/domain/enquiry.ts';
import { enquiryStageWords, isOpenStage } from '../../../../src/domain/enquiry.ts';
import { sayCount, sayNumber } from '../../shared/numbers.ts';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { BoardCard } from './board-card.tsx';
import classes from './enquiries.module.css';
import type { EnquiryBoard as Board, EnquirySummary, Filters } from './enquiries.ts';
import { boardQuery } from './enquiries.ts';
import { useMove } from './move.tsx';

type Column = Board['columns'][number];

/** Enquiries by stage. A card is dragged, or moved by Shift and an arrow key, or from its own menu. */
export function EnquiryBoard({ filters }: { readonly filters: Filters }): ReactNode {
  const { data, error, refetch } = useQuery(boardQuery(filters));
  const mayMove = useMay('enquiries:write');
  const board = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const { move, dialog } = useMove(({ id }) => setWanted(id));
  // A card that moved is another element in another column: the focus goes with it.
  useEffect(() => {
    if (wanted === null || data === undefined) return;
    board.current?.querySelector<HTMLElement>(`[data-enquiry="${wanted}"] a`)?.focus();
    setWanted(null);
  }, [wanted, data]);
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  const drop = (id: string, stage: EnquiryStage): void => {
    const enquiry = data.columns.flatMap((column) => column.enquiries).find((each) => each.id === id);
    if (enquiry !== undefined) void move(enquiry, stage);
  };
  const part = (column: Column): ReactNode => (
    <BoardColumn
      key={column.stage}
      column={column}
      closedSinceOn={data.closedSinceOn}
      drop={mayMove ? (id) => drop(id, column.stage) : null}
      move={mayMove ? (enquiry, stage) => void move(enquiry, stage) : null}
    />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by the keyboard.
    <section ref={board} className={classes['board']} aria-label="Enquiries by stage" tabIndex={0}>
      {data.columns.filter(({ stage }) => isOpenStage(stage)).map(part)}
      <div className={classes['ended']}>
        {data.columns.filter(({ stage }) => !isOpenStage(stage)).map(part)}
      </div>
      {dialog}
    </section>
  );
}

interface BoardColumnProps {
  readonly column: Column;
  readonly closedSinceOn: string;
  /** Null for those who may only look. */
  readonly drop: ((id: string) => void) | null;
  readonly move: ((enquiry: EnquirySummary, stage: EnquiryStage) => void) | null;
}

function BoardColumn({ column, closedSinceOn, drop, move }: BoardColumnProps): ReactNode {
  const { stage, count, enquiries } = column;
  const [isOver, setOver] = useState(false);
  const words = enquiryStageWords[stage];
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    drop?.(event.dataTransfer.getData('text/plain'));
  };
  return (
    <section
      className={classes['column']}
      aria-label={`${words}, ${sayCount(count, 'enquiry', 'enquiries')}`}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        if (drop === null) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <h2 className={classes['columnHead']}>
        {words} <span className={classes['count']}>{sayNumber(count)}</span>
      </h2>
      {!isOpenStage(stage) && (
        <p className={classes['since']}>
          since <WhenText when={closedSinceOn} />
        </p>
      )}
      <ul className={classes['cards']}>
        {enquiries.map((enquiry) => (
          <BoardCard
            key={enquiry.id}
            enquiry={enquiry}
            move={move === null || stage === 'sold' ? null : (to) => move(enquiry, to)}
          />
        ))}
      </ul>
      {count > enquiries.length && (
        <p className={classes['since']}>and {sayNumber(count - enquiries.length)} more: see the list</p>
      )}
    </section>
  );
}
