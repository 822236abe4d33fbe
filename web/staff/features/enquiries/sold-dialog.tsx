import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { formatRegistration } from '../../../../src/domain/vehicle-registration.ts';
import { fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { useReturnFocus } from '../../shared/return-focus.tsx';
import { sayDone } from '../../shared/toast.tsx';
import { changeEnquiry, movedWords } from './enquiries.ts';
import type { Movable } from './move.tsx';

interface SoldFields {
  readonly registration: string;
  readonly make: string;
  readonly model: string;
  readonly soldOn: string;
  readonly partExchangeTaken: boolean;
}

interface SoldDialogProps {
  readonly enquiry: Movable;
  readonly close: () => void;
}

/** Which vehicle was sold: it becomes theirs from that day, and reminders of its MOT and service can follow. */
export function SoldDialog({ enquiry, close }: SoldDialogProps): ReactNode {
  useReturnFocus();
  const { form, problem, isBusy, submit } = useSale(enquiry, close);
  const partExchange = enquiry.partExchangeRegistration ?? null;
  return (
    <Modal opened={true} onClose={close} title={`What was sold to ${enquiry.displayName}?`}>
      <form onSubmit={submit} noValidate={true}>
        <Stack>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <Text c="dimmed" size="sm">
            The vehicle becomes theirs from the day of the sale.
          </Text>
          <TextInput
            label="Registration"
            placeholder="AB12 CDE"
            spellCheck={false}
            data-autofocus={true}
            {...form.getInputProps('registration')}
          />
          <Group grow={true} align="flex-start">
            <TextInput label="Make" {...form.getInputProps('make')} />
            <TextInput label="Model" {...form.getInputProps('model')} />
          </Group>
          <TextInput
            type="date"
            label="Sold on"
            description="Today, when it is left empty"
            maw="12rem"
            {...form.getInputProps('soldOn')}
          />
          {partExchange !== null && (
            <Checkbox
              label={`${formatRegistration(partExchange)} was taken in part-exchange`}
              description="It is no longer theirs from that day."
              {...form.getInputProps('partExchangeTaken', { type: 'checkbox' })}
            />
          )}
          <Group>
            <Button type="submit" loading={isBusy}>
              Mark as sold
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

function useSale(enquiry: Movable, close: () => void) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useForm<SoldFields>({
    initialValues: { registration: '', make: '', model: '', soldOn: '', partExchangeTaken: false },
    validate: { registration: (value) => (value.trim() === '' ? 'Give the registration.' : null) },
  });
  const submit = form.onSubmit(async ({ registration, make, model, soldOn, partExchangeTaken }) => {
    setBusy(true);
    setProblem(null);
    try {
      await changeEnquiry(queries, enquiry, {
        stage: 'sold',
        sale: {
          vehicle: { registration, make: make.trim() || null, model: model.trim() || null },
          ...(soldOn === '' ? {} : { soldOn }),
          partExchangeTaken,
        },
      });
      sayDone(movedWords(enquiry.displayName, 'sold'));
      close();
    } catch (error) {
      const errors = Object.fromEntries(
        Object.entries(fieldErrorsOf(error)).map(([field, message]) => [
          field.replace(/^sale\.(?:vehicle\.)?/, ''),
          message,
        ]),
      );
      form.setErrors(errors);
      if (Object.keys(errors).length === 0) setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  });
  return { form, problem, isBusy, submit };
}
