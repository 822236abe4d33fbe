import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { KeyHint } from '../key-hint.tsx';
import { useSession } from '../session.ts';
import { useShortcut } from '../shortcut.ts';
import classes from './preferences.module.css';
import type { NotAskedReason, Preferences } from './preferences.ts';
import type { PopupState } from './use-popup.ts';

interface WaysOutProps {
  readonly held: Preferences;
  readonly popup: PopupState;
}

/** Saved choices, or why there are none. Every way out is one key; none but a saved or confirmed choice is a review. */
export function WaysOut({ held, popup }: WaysOutProps): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const { branch } = useSession();
  const { shortName } = held.customer;
  const declined = (): void =>
    void popup.leave(
      { kind: 'declined', branch: branch.code },
      `It is recorded that ${shortName} declined to answer. The review stays due.`,
    );
  const stop = (): void =>
    void popup.leave({ kind: 'stopped' }, `All marketing to ${shortName} is stopped from this moment.`);
  useShortcut({ key: 'd', inDialog: true }, declined);
  useShortcut({ key: 'n', inDialog: true }, () => setAsking(true));
  useShortcut({ key: 's', inDialog: true }, stop);
  const { isBusy } = popup.state;
  return (
    <>
      {isAsking && <WhyNotAsked popup={popup} name={shortName} />}
      <div className={classes['ways']}>
        <div className={classes['ways']}>
          <Button type="submit" px="sm" loading={isBusy} aria-keyshortcuts="Enter">
            Save choices&nbsp;<KeyHint>↵</KeyHint>
          </Button>
          <ConfirmHeld held={held} popup={popup} />
          <Button variant="default" px="sm" onClick={declined} disabled={isBusy} aria-keyshortcuts="D">
            Declined to answer&nbsp;<KeyHint>D</KeyHint>
          </Button>
          <Button
            variant="default"
            px="sm"
            onClick={() => setAsking(!isAsking)}
            disabled={isBusy}
            aria-expanded={isAsking}
            aria-keyshortcuts="N"
          >
            Did not ask…&nbsp;<KeyHint>N</KeyHint>
          </Button>
        </div>
        <Button
          variant="outline"
          color="red"
          px="sm"
          className={classes['danger'] ?? ''}
          onClick={stop}
          disabled={isBusy}
          aria-keyshortcuts="S"
        >
          Stop all marketing&nbsp;<KeyHint>S</KeyHint>
        </Button>
      </div>
    </>
  );
}

/** Offered once there is an answer to confirm, as soon as it is said how; an assumption cannot be confirmed into one. */
function ConfirmHeld({ held, popup }: WaysOutProps): ReactNode {
  const { branch } = useSession();
  const { method, ticked, isBusy } = popup.state;
  const answered = held.channels.some(({ cells }) => cells.some(({ state }) => isAnswer(state)));
  if (!answered || method === null || ticked.size > 0) return null;
  const confirm = (): void =>
    void popup.leave(
      { kind: 'confirmed', method, branch: branch.code },
      `It is recorded that ${held.customer.shortName} wants everything to stay as it is.`,
    );
  return (
    <Button variant="default" px="sm" onClick={confirm} disabled={isBusy}>
      Everything stays as it is
    </Button>
  );
}

function isAnswer(state: string): boolean {
  return state === 'consented' || state === 'said_no' || state === 'withdrawn';
}

const reasons: readonly { readonly value: NotAskedReason; readonly label: string; readonly key: string }[] = [
  { value: 'customer_not_present', label: 'Customer not present', key: '5' },
  { value: 'dropped_keys', label: 'Dropped the keys', key: '6' },
  { value: 'customer_in_a_hurry', label: 'In a hurry', key: '7' },
  { value: 'not_suitable', label: 'Not the moment', key: '8' },
  { value: 'other', label: 'Another reason', key: '9' },
];

function WhyNotAsked({ popup, name }: { readonly popup: PopupState; readonly name: string }): ReactNode {
  const { branch } = useSession();
  return (
    <Group gap="xs" role="group" aria-label="Why was nobody asked?">
      {reasons.map(({ value, label, key }, index) => (
        <ReasonButton
          key={value}
          label={label}
          shortcut={key}
          isFirst={index === 0}
          choose={() =>
            void popup.leave(
              { kind: 'did_not_ask', reason: value, branch: branch.code },
              `${name} was not asked. The review stays due and is not asked for again here today.`,
            )
          }
        />
      ))}
    </Group>
  );
}

interface ReasonButtonProps {
  readonly label: string;
  readonly shortcut: string;
  readonly isFirst: boolean;
  readonly choose: () => void;
}

function ReasonButton({ label, shortcut, isFirst, choose }: ReasonButtonProps): ReactNode {
  useShortcut({ key: shortcut, inDialog: true }, choose);
  return (
    <Button
      size="compact-sm"
      variant="light"
      onClick={choose}
      autoFocus={isFirst}
      aria-keyshortcuts={shortcut}
    >
      {label}&nbsp;<KeyHint>{shortcut}</KeyHint>
    </Button>
  );
}
