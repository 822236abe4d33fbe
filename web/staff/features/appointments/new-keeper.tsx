import { Alert, Button, Checkbox, Group, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { z } from 'zod';
import type {
  customerSchema,
  duplicatesSchema,
  NewCustomer,
} from '../../../../src/features/customers/contract.ts';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { nameOf } from '../../shared/customer-search.ts';
import type { Lookalike } from '../../shared/lookalikes.tsx';
import { Lookalikes, lookalikeQuestion } from '../../shared/lookalikes.tsx';
import { useSession } from '../../shared/session.ts';
import type { Guess } from '../../shared/typed-guess.ts';
import type { Who } from './booking.ts';

interface NewKeeperProps {
  readonly guess: Guess;
  /** The vehicle that was typed is somebody else's on record, and changed hands. */
  readonly changedHands: boolean;
  readonly entered: (who: Who) => void;
  readonly back: () => void;
}

interface Typed {
  readonly forename: string;
  readonly surname: string;
  readonly companyName: string;
  readonly phone: string;
  readonly registration: string;
  readonly make: string;
  readonly model: string;
  readonly newKeeper: boolean;
}

/** A caller who is not on file, with their car, without leaving the booking. */
export function NewKeeper({ guess, changedHands, entered, back }: NewKeeperProps): ReactNode {
  const form = useForm<Typed>({
    initialValues: {
      forename: guess.forename ?? '',
      surname: guess.surname ?? '',
      companyName: '',
      phone: guess.phone ?? '',
      registration: guess.registration ?? '',
      make: '',
      model: '',
      newKeeper: true,
    },
    validate: { registration: (value) => (value.trim() === '' ? 'Give the registration of the car.' : null) },
  });
  const { save, duplicates, problem, isBusy } = useEntering(form.setErrors, entered);
  const submit = form.onSubmit((typed) => void save(typed, changedHands));
  return (
    <form onSubmit={submit} noValidate={true}>
      <Stack>
        <Title order={2}>{changedHands ? 'Who has it now?' : 'A new customer'}</Title>
        {problem !== null && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label="Forename"
            autoFocus={guess.surname === undefined}
            {...form.getInputProps('forename')}
          />
          <TextInput label="Surname" {...form.getInputProps('surname')} />
          <TextInput label="Company" {...form.getInputProps('companyName')} />
          <TextInput
            label="Mobile or landline"
            type="tel"
            autoFocus={guess.surname !== undefined}
            {...form.getInputProps('phone')}
          />
          <TextInput
            label="Registration"
            autoCapitalize="characters"
            spellCheck={false}
            {...form.getInputProps('registration')}
          />
          <TextInput label="Make" placeholder="Ford" {...form.getInputProps('make')} />
          <TextInput label="Model" placeholder="Focus" {...form.getInputProps('model')} />
        </SimpleGrid>
        {changedHands && (
          <Checkbox
            label="It changed hands: whoever had it until now has it no longer, from today"
            {...form.getInputProps('newKeeper', { type: 'checkbox' })}
          />
        )}
        {duplicates.length > 0 && (
          <Duplicates
            duplicates={duplicates}
            isBusy={isBusy}
            pick={entered}
            goOn={() => void save(form.getValues(), true)}
          />
        )}
        <Group>
          {duplicates.length === 0 && (
            <Button type="submit" loading={isBusy}>
              Go on
            </Button>
          )}
          <Button variant="default" onClick={back}>
            Back to the search
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface DuplicatesProps {
  readonly duplicates: readonly Lookalike[];
  readonly isBusy: boolean;
  readonly pick: (who: Who) => void;
  readonly goOn: () => void;
}

/** Those who look like the same person, or who have the vehicle: pick one, or go on. */
function Duplicates({ duplicates, isBusy, pick, goOn }: DuplicatesProps): ReactNode {
  const hasVehicle = duplicates.some(({ matchedOn }) => matchedOn.includes('vehicle'));
  return (
    <Alert color="yellow" variant="light" role="alert" title={lookalikeQuestion}>
      <Lookalikes
        lookalikes={duplicates.slice(0, 4)}
        isBusy={isBusy}
        pick={(one) => pick({ customerId: one.customerId, name: nameOf(one), postcode: null })}
        none={{
          words: `None of these${hasVehicle ? ': the car changed hands' : ''}`,
          act: goOn,
          ...(hasVehicle
            ? {
                hint: 'Whoever had the car until now has it no longer, from today. The new keeper starts blank.',
              }
            : {}),
        }}
      />
    </Alert>
  );
}

function useEntering(setErrors: (errors: Record<string, string>) => void, entered: (who: Who) => void) {
  const { branch } = useSession();
  const [duplicates, setDuplicates] = useState<readonly Lookalike[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (typed: Typed, confirmDuplicate: boolean): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = bodyOf(typed, branch.code, confirmDuplicate);
      const answer = await ask<z.infer<typeof customerSchema> | z.infer<typeof duplicatesSchema>>(
        '/customers',
        {
          body,
          idempotencyKey: newIdempotencyKey(),
        },
      );
      if ('created' in answer.body) setDuplicates(answer.body.duplicates);
      else entered({ customerId: answer.body.id, name: nameOf(answer.body), postcode: null });
    } catch (error) {
      const errors = Object.fromEntries(
        Object.entries(fieldErrorsOf(error)).map(([field, message]) => [formField(field), message]),
      );
      setErrors(errors);
      if (Object.keys(errors).length === 0) setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { save, duplicates, problem, isBusy };
}

function formField(field: string): string {
  if (field.startsWith('contactPoints.')) return 'phone';
  return field.replace(/^vehicles\.0\./, '');
}

function bodyOf(typed: Typed, branch: string, confirmDuplicate: boolean): NewCustomer {
  const text = (value: string): string | null => value.trim() || null;
  const company = text(typed.companyName);
  const isCompany = company !== null && text(typed.surname) === null && text(typed.forename) === null;
  return {
    kind: isCompany ? 'company' : 'individual',
    forename: text(typed.forename),
    surname: text(typed.surname),
    companyName: company,
    branch,
    contactPoints: text(typed.phone) === null ? [] : [{ kind: 'phone', value: typed.phone }],
    vehicles: [
      {
        registration: typed.registration,
        make: text(typed.make),
        model: text(typed.model),
        newKeeper: confirmDuplicate && typed.newKeeper,
      },
    ],
    confirmDuplicate,
  };
}
