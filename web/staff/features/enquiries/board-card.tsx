import { ActionIcon, Menu } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import type { EnquiryStage } from '../../../../src/domain/enquiry.ts';
import { enquiryStages, enquiryStageWords, enquirySubject } from '../../../../src/domain/enquiry.ts';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { ScreenLink } from '../../shared/links.tsx';
import classes from './enquiries.module.css';
import type { EnquirySummary } from './enquiries.ts';
import { NextAction } from './next-action.tsx';
import { stageBeside } from './stage-order.ts';

interface BoardCardProps {
  readonly enquiry: EnquirySummary;
  /** Null where it cannot be moved. */
  readonly move: ((stage: EnquiryStage) => void) | null;
}

/** One enquiry on the board. */
export function BoardCard({ enquiry, move }: BoardCardProps): ReactNode {
  const [isDragged, setDragged] = useState(false);
  const { id, stage, displayName, ownerName, overdueDays, open } = enquiry;
  return (
    <li
      className={classes['card']}
      data-enquiry={id}
      data-overdue={overdueDays > 0 || undefined}
      data-dragged={isDragged || undefined}
      draggable={move !== null}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', id);
        event.dataTransfer.effectAllowed = 'move';
        setDragged(true);
      }}
      onDragEnd={() => setDragged(false)}
      onKeyDown={(event) => onKey(event, stage, move)}
    >
      <div className={classes['cardHead']}>
        <ScreenLink
          to="/enquiries/$id"
          params={{ id }}
          draggable={false}
          {...(move === null ? {} : { 'aria-keyshortcuts': 'Shift+ArrowRight Shift+ArrowLeft' })}
        >
          {displayName}
        </ScreenLink>
        {move !== null && <MoveMenu name={displayName} stage={stage} move={move} />}
      </div>
      <span className={classes['subject']}>{enquirySubject(enquiry)}</span>
      {open && <Reach customerId={enquiry.customerId} show="phone" />}
      {open && <NextAction enquiry={enquiry} />}
      <span className={classes['owner']}>{ownerName ?? 'Nobody yet'}</span>
    </li>
  );
}

/** Shift and an arrow key move it; the arrow keys alone go from card to card. */
function onKey(event: KeyboardEvent<HTMLElement>, stage: EnquiryStage, move: BoardCardProps['move']): void {
  if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLAnchorElement)) return;
  if (event.shiftKey && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
    const to = stageBeside(stage, event.key === 'ArrowRight' ? 1 : -1);
    if (to === null || move === null) return;
    event.preventDefault();
    move(to);
    return;
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const cards = [
    ...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[data-enquiry] a') ?? []),
  ];
  const next = cards[cards.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

interface MoveMenuProps {
  readonly name: string;
  readonly stage: EnquiryStage;
  readonly move: (stage: EnquiryStage) => void;
}

function MoveMenu({ name, stage, move }: MoveMenuProps): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Move ${name}`} c="var(--quiet)">
          ⇄
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {enquiryStages
          .filter((each) => each !== stage)
          .map((each) => (
            <Menu.Item key={each} onClick={() => move(each)}>
              {enquiryStageWords[each]}
              {each === 'sold' || each === 'lost' ? '…' : ''}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
