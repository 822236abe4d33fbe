import { Alert, Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { namesDealer, unknownPlaceholders } from '../../../../src/domain/counter-wording.ts';
import type { NewWordingDraft } from '../../../../src/features/wordings/contract.ts';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { isoDayOf } from '../../shared/days.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { ReadAloud } from '../../shared/preferences/read-aloud.tsx';
import { sayDone } from '../../shared/toast.tsx';
import type { Draft, Wording, WordingList } from './wordings.ts';
import { asShown } from './wordings.ts';

interface WordingDialogProps {
  /** The words it begins from: a draft that is gone on with, else the version in force. */
  readonly from: Draft | Wording;
  /** Of the draft that it replaces; 0 where there is none. */
  readonly draftVersion: number;
  readonly nextVersion: number;
  readonly list: WordingList;
  readonly isOneOfSeveral: boolean;
  readonly close: () => void;
}

type Faults = Readonly<Record<string, string>>;

/** Writes what will be read out at the counter and on the phone, and shows it as the pop-up will. */
export function WordingDialog(props: WordingDialogProps): ReactNode {
  const { from, draftVersion, list, close } = props;
  const { legalEntity } = from;
  const queries = useQueryClient();
  const [text, setText] = useState(from.text);
  const [phoneText, setPhoneText] = useState(from.phoneText);
  const [day, setDay] = useState(draftVersion > 0 ? dayOf(from.inForceFrom) : '');
  const [faults, setFaults] = useState<Faults>({});
  const submission = useSubmission();
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const save = (): void => {
    const missing = faultsOf({ text, phoneText }, legalEntity);
    setFaults(missing);
    if (Object.keys(missing).length > 0) return;
    void submission.run(
      async () => {
        const body: NewWordingDraft = {
          text: text.trim(),
          phoneText: phoneText.trim(),
          legalEntity,
          inForceFrom: day === '' ? null : day,
          expectedVersion: draftVersion,
        };
        await ask('/wordings/drafts', { body, idempotencyKey });
        await queries.invalidateQueries({ queryKey: ['/wordings'] });
        sayDone('The draft is kept. Nobody is read it before it is approved.');
        close();
      },
      (errors) => {
        setIdempotencyKey(newIdempotencyKey());
        setFaults(errors);
        return Object.keys(errors).length > 0;
      },
    );
  };
  const held = asShown({ text, phoneText }, { ...props, legalEntity, ...list, version: props.nextVersion });
  return (
    <FormDialog
      title={`What will be read out for ${legalEntity}`}
      size="xl"
      verb="Keep the draft"
      submit={save}
      submission={submission}
      close={close}
    >
      <Text size="sm" c="dimmed">
        {'{dealer} becomes the name above, {car} the customer’s car.'}
      </Text>
      <Textarea
        label="At the counter"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={faults['text']}
        autosize={true}
        minRows={3}
        maxLength={2_000}
        data-autofocus={true}
      />
      <Preview held={held} isPhone={false} />
      <Textarea
        label="On the phone"
        description="Shown in its place as soon as By phone is chosen. It may be the same."
        value={phoneText}
        onChange={(event) => setPhoneText(event.currentTarget.value)}
        error={faults['phoneText']}
        autosize={true}
        minRows={3}
        maxLength={2_000}
      />
      <Preview held={held} isPhone={true} />
      <TextInput
        type="date"
        label="Takes effect on"
        description="Left empty, or where that day is past by then: as soon as it is approved."
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
        error={faults['inForceFrom']}
        maw="16rem"
      />
      <Alert color="petrol" variant="light">
        <Text c="var(--text)">{list.approval} Until then the version in force is read out.</Text>
      </Alert>
    </FormDialog>
  );
}

function Preview({
  held,
  isPhone,
}: {
  readonly held: ReturnType<typeof asShown>;
  readonly isPhone: boolean;
}): ReactNode {
  return (
    <section aria-label={isPhone ? 'As the pop-up shows it on the phone' : 'As the pop-up shows it'}>
      <Text size="sm" fw={600} mb={4}>
        {isPhone ? 'As the pop-up shows it on the phone' : 'As the pop-up shows it'}, for a customer with a
        Focus
      </Text>
      <ReadAloud held={held} method={isPhone ? 'phone' : 'in_person'} />
    </section>
  );
}

/** A day for its field; empty for none. */
function dayOf(instant: string | null): string {
  return instant === null ? '' : isoDayOf(new Date(instant));
}

function faultsOf(words: { readonly text: string; readonly phoneText: string }, legalEntity: string): Faults {
  return Object.fromEntries(
    Object.entries(words).flatMap(([field, text]) => {
      const fault = faultOf(text, legalEntity);
      return fault === null ? [] : [[field, fault]];
    }),
  );
}

function faultOf(text: string, legalEntity: string): string | null {
  if (text.trim().length < 40) return 'Say who asks, what for, and that they can change their mind.';
  const [unknown] = unknownPlaceholders(text);
  if (unknown !== undefined) return `${unknown} would be read out as it stands: write {dealer} or {car}.`;
  if (!namesDealer(text, legalEntity)) return 'Name who asks: write {dealer}, or the name itself.';
  return null;
}
