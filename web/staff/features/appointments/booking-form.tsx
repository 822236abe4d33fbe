import { Alert, Button, Group, Paper, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { meanwhiles } from '../../../../src/domain/workshop.ts';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { KeyHint } from '../../shared/key-hint.tsx';
import { PreferencesPanel } from '../../shared/preferences/preferences-panel.tsx';
import { PreferencesPopup } from '../../shared/preferences/preferences-popup.tsx';
import { StopAllMarketing } from '../../shared/preferences/stop-all-marketing.tsx';
import { useReviewPrompt } from '../../shared/preferences/use-review-prompt.ts';
import { useMay } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import classes from './appointments.module.css';
import { meanwhileWords } from './appointments.ts';
import { BookedNote } from './booked-note.tsx';
import type { Booking, Who } from './booking.ts';
import { slotKey, useBooking } from './booking.ts';
import { CarRow } from './car-row.tsx';
import { ChoiceChips } from './choice-chips.tsx';
import { sayShortDay, sayTime, sayWeekday } from './dates.ts';
import { OverCapacity } from './over-capacity.tsx';
import { WorkRow } from './work-row.tsx';

interface BookingFormProps {
  readonly who: Who;
  readonly registration: string | null;
  readonly startAgain: () => void;
}

/** The booking of one customer beside what we may do with their data. The pop-up comes when due; Escape, and on. */
export function BookingForm({ who, registration, startAgain }: BookingFormProps): ReactNode {
  const booking = useBooking(who, registration);
  const prompt = useReviewPrompt(who.customerId, 'appointment');
  const { booked } = booking;
  return (
    <div className={classes['booking']}>
      <Paper component="section" aria-label="The booking">
        {booked === null ? (
          <Fields booking={booking} who={who} startAgain={startAgain} prompt={prompt} />
        ) : (
          <BookedNote appointment={booked} startAgain={startAgain} />
        )}
      </Paper>
      <div>
        <PreferencesPanel customerId={who.customerId} />
        <Group mt="sm">
          <AskNow prompt={prompt} />
          <StopAllMarketing customerId={who.customerId} name={who.name} />
        </Group>
      </div>
      {prompt.isOpen && <PreferencesPopup customerId={who.customerId} close={prompt.close} />}
    </div>
  );
}

type Prompt = ReturnType<typeof useReviewPrompt>;

function AskNow({ prompt }: { readonly prompt: Prompt }): ReactNode {
  useShortcut({ key: 'r' }, prompt.open, prompt.mayOpen);
  return prompt.mayOpen ? (
    <Button variant="default" onClick={prompt.open} aria-keyshortcuts="R">
      Ask about preferences&nbsp;<KeyHint>R</KeyHint>
    </Button>
  ) : null;
}

interface FieldsProps extends Omit<BookingFormProps, 'registration'> {
  readonly booking: Booking;
  readonly prompt: Prompt;
}

function Fields({ booking, who, startAgain, prompt }: FieldsProps): ReactNode {
  const form = useRef<HTMLFormElement>(null);
  const isReady = booking.vehicles !== null && booking.vehicle !== null;
  // why: the next key is about the work, whether the pop-up came between or not.
  useEffect(() => {
    if (prompt.isOpen || !isReady) return;
    form.current?.querySelector<HTMLElement>('[data-work]')?.focus({ preventScroll: true });
  }, [prompt.isOpen, isReady]);
  const bookAndAsk = async (): Promise<void> => {
    if (await booking.book()) prompt.open();
  };
  if (booking.error !== null) return <ErrorState error={booking.error} />;
  if (booking.vehicles === null) return <LoadingState />;
  return (
    <form
      ref={form}
      noValidate={true}
      onSubmit={(event) => {
        event.preventDefault();
        void booking.book();
      }}
    >
      <div className={classes['row']}>
        <Group justify="space-between" gap="xs">
          <Text>
            <b>{who.name}</b>
            {who.postcode !== null && `, ${who.postcode}`}
          </Text>
          <Reach customerId={who.customerId} />
          <Button size="compact-sm" variant="subtle" onClick={startAgain}>
            Somebody else
          </Button>
        </Group>
      </div>
      <CarRow booking={booking} who={who} />
      <WorkRow booking={booking} />
      <When booking={booking} />
      <div className={classes['row']}>
        <ChoiceChips
          label="Meanwhile"
          name="meanwhile"
          choices={meanwhiles.map((value) => ({ value, label: meanwhileWords[value] }))}
          chosen={booking.meanwhile}
          choose={booking.setMeanwhile}
        />
        <Textarea
          mt="sm"
          label="Notes"
          autosize={true}
          minRows={1}
          maxLength={2_000}
          value={booking.notes}
          onChange={(event) => booking.setNotes(event.currentTarget.value)}
        />
      </div>
      {booking.problem !== null && (
        <Alert color="red" variant="light" role="alert" mb="sm">
          {booking.problem}
        </Alert>
      )}
      <Group>
        <Button type="submit" loading={booking.isBusy}>
          {booking.slot === null
            ? 'Book'
            : `Book ${sayWeekday(booking.slot.arrivesOn)} ${sayTime(booking.slot.arrivalTime)}`}
        </Button>
        {prompt.mayOpen && (
          <Button variant="default" onClick={() => void bookAndAsk()} disabled={booking.isBusy}>
            Book and ask about preferences
          </Button>
        )}
      </Group>
    </form>
  );
}

/** The first free times, or those of one day, each with its digit; where a day is full, what is and what is free. */
function When({ booking }: { readonly booking: Booking }): ReactNode {
  const { slots, slot, chooseSlot, work, day, setDay, full, beyond, setBeyond } = booking;
  const mayGoBeyond = useMay('workshop:write');
  if (work.size === 0) {
    return (
      <div className={classes['row']}>
        <Text c="dimmed">When: the first free times come once it is said what the car comes for.</Text>
      </div>
    );
  }
  return (
    <div className={classes['row']}>
      {slots === null && <LoadingState what="Looking for free times" />}
      {slots !== null && slots.length === 0 && (
        <Text role="status">{full ?? 'There is no room for this work in the next 60 days.'}</Text>
      )}
      {slots !== null && slots.length > 0 && (
        <ChoiceChips
          label="When"
          name="when"
          choices={slots.map((each, index) => ({
            value: slotKey(each),
            label: `${sayShortDay(each.arrivesOn)} · ${sayTime(each.arrivalTime)}`,
            ...(index < 9 ? { shortcut: String(index + 1) } : {}),
          }))}
          chosen={slot === null ? null : slotKey(slot)}
          choose={(key) => {
            const chosen = slots.find((each) => slotKey(each) === key);
            if (chosen !== undefined) chooseSlot(chosen);
          }}
        />
      )}
      {(slots ?? []).slice(0, 9).map((each, index) => (
        <Digit key={slotKey(each)} digit={index + 1} act={() => chooseSlot(each)} />
      ))}
      <TextInput
        type="date"
        mt="sm"
        w="12rem"
        label="On another day"
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      {full !== null && mayGoBeyond && <OverCapacity beyond={beyond} change={setBeyond} />}
    </div>
  );
}

function Digit({ digit, act }: { readonly digit: number; readonly act: () => void }): ReactNode {
  useShortcut({ key: String(digit) }, act);
  return null;
}
