import { Box, Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { howFound, nameOf, searchCustomers } from '../../shared/customer-search.ts';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import classes from './enquiries.module.css';
import type { TypedEnquiry } from './new-enquiry.ts';

/** Whose enquiry it is. */
export type Chosen =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'known';
      readonly customerId: string;
      readonly name: string;
      readonly customerNumber: string;
    }
  | { readonly kind: 'new' };

const shownMax = 8;

interface CustomerChoiceProps {
  readonly form: UseFormReturnType<TypedEnquiry>;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
  readonly error: string | null;
}

/** Finds a customer, or takes the names and numbers of a new one, without leaving the enquiry. */
export function CustomerChoice({ form, chosen, choose, error }: CustomerChoiceProps): ReactNode {
  const mayEnter = useMay('customers:write');
  return (
    <Paper component="section" aria-label="Who is asking">
      <Stack>
        <Title order={2}>Who is asking?</Title>
        {chosen.kind === 'nobody' && (
          <FindCustomer
            choose={choose}
            error={error}
            enter={mayEnter ? () => choose({ kind: 'new' }) : null}
          />
        )}
        {chosen.kind === 'known' && (
          <Group>
            <Text fw={700}>{chosen.name}</Text>
            <Text c="dimmed">No. {chosen.customerNumber}</Text>
            <Button variant="default" size="compact-sm" onClick={() => choose({ kind: 'nobody' })}>
              Somebody else
            </Button>
          </Group>
        )}
        {chosen.kind === 'new' && (
          <>
            <NewCustomerFields form={form} />
            <Group>
              <Button variant="default" size="compact-sm" onClick={() => choose({ kind: 'nobody' })}>
                Look for a customer instead
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
}

interface FindCustomerProps {
  readonly choose: (chosen: Chosen) => void;
  readonly enter: (() => void) | null;
  readonly error: string | null;
}

function FindCustomer({ choose, enter, error }: FindCustomerProps): ReactNode {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const found = useQuery({
    queryKey: ['customers:search', asked, shownMax],
    queryFn: ({ signal }) => searchCustomers(asked, shownMax, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const hits = asked === '' ? [] : (found.data ?? []);
  return (
    <Box onKeyDown={moveAmongChoices}>
      <TextInput
        type="search"
        label="Find the customer"
        description="Name, company, phone, email, registration, postcode or customer number"
        value={text}
        error={error}
        autoFocus={true}
        maw="34rem"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {found.error !== null && asked !== '' && (
        <ErrorState error={found.error} tryAgain={() => void found.refetch()} />
      )}
      {asked !== '' && found.data === undefined && found.error === null && <LoadingState what="Looking" />}
      <ul className={classes['plain']} aria-label="Customers found">
        {hits.map((hit) => (
          <li key={hit.customerId}>
            <button
              type="button"
              className={classes['choice']}
              data-choice={true}
              onClick={() =>
                choose({
                  kind: 'known',
                  customerId: hit.customerId,
                  name: nameOf(hit),
                  customerNumber: hit.customerNumber,
                })
              }
            >
              <Text span={true} fw={600}>
                {nameOf(hit)}
              </Text>
              <Text span={true} size="sm" c="dimmed">
                {' '}
                {[`No. ${hit.customerNumber}`, hit.postcode, howFound(hit)].filter(Boolean).join(' · ')}
              </Text>
              <Reach customerId={hit.customerId} still={true} />
            </button>
          </li>
        ))}
      </ul>
      {asked !== '' && found.data?.length === 0 && !found.isFetching && (
        <Text mt="xs" role="status">
          Nobody was found.
        </Text>
      )}
      {enter !== null && (
        <Button variant="default" mt="sm" onClick={enter}>
          Somebody new
        </Button>
      )}
    </Box>
  );
}

/** The arrow keys go from the field to those who were found. */
function moveAmongChoices(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>('input, [data-choice]')];
  const at = places.indexOf(event.target as HTMLElement);
  const next = places[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

function NewCustomerFields({ form }: { readonly form: UseFormReturnType<TypedEnquiry> }): ReactNode {
  return (
    <>
      <Group align="flex-start">
        <TextInput label="Title" w="6rem" autoFocus={true} {...form.getInputProps('title')} />
        <TextInput label="Forename" flex="1 1 10rem" {...form.getInputProps('forename')} />
        <TextInput label="Surname" flex="1 1 10rem" {...form.getInputProps('surname')} />
      </Group>
      <Group align="flex-start">
        <TextInput
          label="Mobile or landline"
          inputMode="tel"
          flex="1 1 10rem"
          {...form.getInputProps('phone')}
        />
        <TextInput
          label="Email"
          inputMode="email"
          spellCheck={false}
          flex="1 1 14rem"
          {...form.getInputProps('email')}
        />
      </Group>
      <Checkbox
        label="A business"
        description="Then give its name: texts and emails to a company follow other rules"
        {...form.getInputProps('isBusiness', { type: 'checkbox' })}
      />
      {form.values.isBusiness && <TextInput label="Company" {...form.getInputProps('companyName')} />}
      <Text size="sm" c="dimmed">
        They are entered as a prospect. How we may keep in touch is asked next.
      </Text>
    </>
  );
}
