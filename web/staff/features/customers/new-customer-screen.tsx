import { Alert, Button, Group, Paper, Stack, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { ButtonLink } from '../../shared/links.tsx';
import { lookalikeQuestion } from '../../shared/lookalikes.tsx';
import { Screen } from '../../shared/screen.tsx';
import { AddressFields } from './address-fields.tsx';
import { Duplicates } from './duplicates.tsx';
import type { Entering } from './new-customer.ts';
import { useNewCustomer } from './new-customer.ts';
import { BelongingFields, ProfileFields } from './profile-fields.tsx';
import { VehicleFields } from './vehicle-fields.tsx';

/** Entering a customer: who, how they are reached, what they drive. Their preferences are asked for right after. */
export function NewCustomerScreen(): ReactNode {
  const entering = useNewCustomer();
  const hasDuplicates = entering.duplicates.length > 0;
  return (
    <Screen
      title={hasDuplicates ? lookalikeQuestion : 'New customer'}
      subtitle={
        hasDuplicates
          ? 'Nothing is saved yet. Two records of one person mean two answers to one question.'
          : 'How we may keep in touch is asked next.'
      }
    >
      {hasDuplicates ? <Duplicates entering={entering} /> : <Form entering={entering} />}
    </Screen>
  );
}

function Form({ entering }: { readonly entering: Entering }): ReactNode {
  const { form, problem, isBusy, save } = entering;
  const element = useFirstErrorFocused(form.errors);
  // Whoever comes here types a name next, and is not led through eight kinds of customer first.
  useEffect(() => element.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [element]);
  return (
    <form
      ref={element}
      noValidate={true}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack maw="46rem">
        {problem !== null && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        <Paper component="section" aria-label="Who it is">
          <Stack>
            <ProfileFields
              kind={form.values.kind}
              choose={(kind) => form.setFieldValue('kind', kind)}
              inputPropsOf={(field, type) => form.getInputProps(field, type === undefined ? {} : { type })}
            />
          </Stack>
        </Paper>
        <Reached entering={entering} />
        <Paper component="section" aria-label="Vehicle">
          <Stack>
            <Title order={2}>Vehicle</Title>
            <TextInput
              label="Registration"
              placeholder="AB12 CDE"
              maw="12rem"
              spellCheck={false}
              {...form.getInputProps('vehicle.registration')}
            />
            <VehicleFields inputPropsOf={(field) => form.getInputProps(`vehicle.${field}`)} />
          </Stack>
        </Paper>
        <Paper component="section" aria-label="Where they belong">
          <Stack>
            <BelongingFields
              inputPropsOf={(field, type) => form.getInputProps(field, type === undefined ? {} : { type })}
            />
          </Stack>
        </Paper>
        <Group>
          <Button type="submit" loading={isBusy}>
            Create the customer
          </Button>
          <ButtonLink to="/customers" variant="default">
            Cancel
          </ButtonLink>
        </Group>
      </Stack>
    </form>
  );
}

function Reached({ entering: { form } }: { readonly entering: Entering }): ReactNode {
  return (
    <Paper component="section" aria-label="How they are reached">
      <Stack>
        <Title order={2}>How they are reached</Title>
        <Group grow={true} align="flex-start">
          <TextInput label="Mobile" inputMode="tel" {...form.getInputProps('phone')} />
          <TextInput label="Another telephone" inputMode="tel" {...form.getInputProps('otherPhone')} />
        </Group>
        <TextInput label="Email" inputMode="email" spellCheck={false} {...form.getInputProps('email')} />
        <AddressFields inputPropsOf={(field) => form.getInputProps(`address.${field}`)} />
      </Stack>
    </Paper>
  );
}

/** Leads to the first field that the server had something to say about. */
function useFirstErrorFocused(errors: Readonly<Record<string, ReactNode>>) {
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  return element;
}
