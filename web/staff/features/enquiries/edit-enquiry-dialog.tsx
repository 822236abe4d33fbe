import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ApiProblem, fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { useReturnFocus } from '../../shared/return-focus.tsx';
import { sayDone } from '../../shared/toast.tsx';
import type { Enquiry } from './enquiries.ts';
import { changeEnquiry } from './enquiries.ts';
import type { TypedDetails } from './enquiry-fields.tsx';
import {
  ActionFields,
  detailRules,
  fieldOf,
  givenDetails,
  typedFrom,
  WishFields,
} from './enquiry-fields.tsx';

interface EditEnquiryDialogProps {
  readonly enquiry: Enquiry;
  /** `action`: only what is done next. */
  readonly part: 'all' | 'action';
  readonly close: () => void;
}

/** Changes an enquiry. Only what was changed here is sent, so that nobody else's change is undone by it. */
export function EditEnquiryDialog({ enquiry, part, close }: EditEnquiryDialogProps): ReactNode {
  useReturnFocus();
  const queries = useQueryClient();
  const [known, setKnown] = useState(enquiry);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useForm<TypedDetails>({ initialValues: typedFrom(enquiry), validate: detailRules });
  const submit = form.onSubmit(async (typed) => {
    setBusy(true);
    setProblem(null);
    try {
      await changeEnquiry(queries, known, changesOf(typed, known));
      sayDone(`The enquiry of ${enquiry.displayName} is up to date.`);
      close();
    } catch (error) {
      const errors = Object.fromEntries(
        Object.entries(fieldErrorsOf(error)).map(([field, message]) => [fieldOf(field), message]),
      );
      form.setErrors(errors);
      if (Object.keys(errors).length === 0) setProblem(sentenceOf(error));
      const isStale = error instanceof ApiProblem && error.status === 412;
      const newer = queries.getQueryData<Enquiry>(['/enquiries', enquiry.id]);
      if (isStale && newer !== undefined) {
        setProblem(
          'Somebody else changed this enquiry while you were typing. Nothing of yours is lost and nothing is saved yet. ' +
            'Look it over and save again.',
        );
        form.setValues(untouchedFrom(typed, typedFrom(known), typedFrom(newer)));
        setKnown(newer);
      }
    } finally {
      setBusy(false);
    }
  });
  const title = part === 'all' ? `Edit the enquiry of ${enquiry.displayName}` : 'What is done next?';
  return (
    <Modal opened={true} onClose={close} title={title} size="lg">
      <form onSubmit={submit} noValidate={true}>
        <Stack>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          {part === 'all' && <WishFields form={form} />}
          <ActionFields form={form} />
          <Group>
            <Button type="submit" loading={isBusy}>
              Save
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function changesOf(typed: TypedDetails, known: Enquiry): ReturnType<typeof givenDetails> {
  const before = givenDetails(typedFrom(known));
  return Object.fromEntries(
    Object.entries(givenDetails(typed)).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof typeof before]),
    ),
  );
}

/** What somebody else wrote into the fields that were not touched here. */
function untouchedFrom(typed: TypedDetails, known: TypedDetails, newer: TypedDetails): Partial<TypedDetails> {
  return Object.fromEntries(
    Object.entries(newer).filter(
      ([field]) => typed[field as keyof TypedDetails] === known[field as keyof TypedDetails],
    ),
  );
}
