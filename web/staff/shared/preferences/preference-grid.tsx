import { Checkbox, Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { StateBadge } from '../state-badge.tsx';
import { WhenText } from '../when-text.tsx';
import { ContactLine } from './contact-line.tsx';
import classes from './preferences.module.css';
import type { Box, PreferenceCell, PreferenceChannel, Preferences } from './preferences.ts';
import { boxLabel, boxOf, categoryLabel, columnsOf, topicOf } from './preferences.ts';

interface PreferenceGridProps {
  readonly held: Preferences;
  readonly ticked: ReadonlySet<Box>;
  readonly toggle: (box: Box) => void;
}

/** A box a channel and category, with what is held today beside it in words, never as a tick. */
export function PreferenceGrid({ held, ticked, toggle }: PreferenceGridProps): ReactNode {
  const { channels, vehicles } = held;
  const table = useRef<HTMLTableElement>(null);
  // The first box has the focus however long the answers took to come.
  useEffect(() => table.current?.querySelector('input')?.focus(), []);
  const columns = columnsOf(held);
  return (
    <table ref={table} className={classes['grid']} data-columns={columns.length} onKeyDown={moveByArrow}>
      <caption className={classes['hidden']}>
        May we? What is ticked is asked for; arrow keys move between boxes.
      </caption>
      <thead>
        <tr>
          <th scope="col" className={classes['channel']}>
            <span className={classes['hidden']}>Channel</span>
          </th>
          {columns.map((column) => (
            <th key={boxOf('sms', column)} scope="col">
              {categoryLabel(column)}
              <Text span display="block" size="xs" c="dimmed">
                {topicOf(column, vehicles)}
              </Text>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {channels.map((channel, row) => (
          <tr key={channel.channel}>
            <th scope="row" className={classes['channel']}>
              {channel.label}
              <ContactLine contact={channel.contact} />
            </th>
            {channel.cells.map((cell, column) => (
              <td key={boxOf(channel.channel, cell)} data-column={cell.company ?? categoryLabel(cell)}>
                <CellBox
                  channel={channel}
                  cell={cell}
                  checked={ticked.has(boxOf(channel.channel, cell))}
                  toggle={() => toggle(boxOf(channel.channel, cell))}
                  isFirst={row === 0 && column === 0}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellBoxProps {
  readonly channel: PreferenceChannel;
  readonly cell: PreferenceCell;
  readonly checked: boolean;
  readonly toggle: () => void;
  readonly isFirst: boolean;
}

function CellBox({ channel, cell, checked, toggle, isFirst }: CellBoxProps): ReactNode {
  const today = useId();
  return (
    <div className={classes['cell']}>
      <Checkbox
        size="md"
        classNames={{ input: classes['box'] ?? '' }}
        checked={checked}
        onChange={toggle}
        data-autofocus={isFirst || undefined}
        aria-label={boxLabel(channel, cell)}
        aria-describedby={today}
      />
      <span id={today} className={classes['held']}>
        <span className={classes['hidden']}>Today: </span>
        <StateBadge state={cell.state}>{cell.stateWords}</StateBadge>
        {cell.at !== null && (
          <Text span size="xs" c="dimmed">
            <WhenText when={cell.at} />
          </Text>
        )}
      </span>
    </div>
  );
}

const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Moves the focus to the next box in the direction of an arrow key, as far as there is one. */
function moveByArrow(event: KeyboardEvent<HTMLTableElement>): void {
  const step = steps[event.key];
  if (step === undefined || !(event.target instanceof HTMLInputElement)) return;
  const rows = [...event.currentTarget.tBodies].flatMap((body) => [...body.rows]);
  const boxes = rows.map((row) => [...row.querySelectorAll('input')]);
  const row = boxes.findIndex((inRow) => inRow.includes(event.target as HTMLInputElement));
  const column = boxes[row]?.indexOf(event.target) ?? -1;
  event.preventDefault();
  boxes[row + step[0]]?.[column + step[1]]?.focus();
}
