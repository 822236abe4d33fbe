import { Alert, Button, Chip, Group, Input, Paper, Stack, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { enquirySourceWords, enteredSources } from '../../../../src/domain/enquiry.ts';
import type { customerSchema } from '../../../../src/features/customers/contract.ts';
import { read } from '../../shared/api.ts';
import { nameOf } from '../../shared/customer-search.ts';
import { ButtonLink } from '../../shared/links.tsx';
import { Lookalikes, lookalikeQuestion } from '../../shared/lookalikes.tsx';
import { Screen } from '../../shared/screen.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import type { Chosen } from './customer-choice.tsx';
import { CustomerChoice } from './customer-choice.tsx';
import { ActionFields, WishFields } from './enquiry-fields.tsx';
import type { EnteringEnquiry, TypedEnquiry } from './new-enquiry.ts';
import { useNewEnquiry } from './new-enquiry.ts';

const route = getRouteApi('/signed-in/enquiries/new');

/** Entering an enquiry: who asks, what they want, and what is done next. */
export function NewEnquiryScreen(): ReactNode {
  const { customer } = route.useSearch();
  return customer === undefined ? <Entering asking={{ kind: 'nobody' }} /> : <EnteringFor id={customer} />;
}

/** Whose record led here is asking. */
function EnteringFor({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['/customers', id],
    queryFn: ({ signal }) =>
      read<z.infer<typeof customerSchema>>(`/customers/${encodeURIComponent(id)}`, { signal }),
  });
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  const { customerNumber } = data;
  return <Entering asking={{ kind: 'known', customerId: data.id, name: nameOf(data), customerNumber }} />;
}

function Entering({ asking }: { readonly asking: Chosen }): ReactNode {
  const entering = useNewEnquiry(asking);
  const hasDuplicates = entering.duplicates.length > 0;
  return (
    <Screen
      title={hasDuplicates ? lookalikeQuestion : 'New enquiry'}
      subtitle={
        hasDuplicates
          ? 'Nothing is saved yet. Two records of one person mean two answers to one question.'
          : 'How we may keep in touch is asked next.'
      }
    >
      {hasDuplicates ? <SamePerson entering={entering} /> : <Form entering={entering} />}
    </Screen>
  );
}

function Form({ entering }: { readonly entering: EnteringEnquiry }): ReactNode {
  const { form, chosen, choose, choiceError, problem, isBusy, save } = entering;
  return (
    <form
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
        <CustomerChoice form={form} chosen={chosen} choose={choose} error={choiceError} />
        <Paper component="section" aria-label="What they want">
          <Stack>
            <Title order={2}>What do they want?</Title>
            <Source form={form} />
            <WishFields form={form} />
          </Stack>
        </Paper>
        <Paper component="section" aria-label="What is done next">
          <Stack>
            <Title order={2}>What is done next?</Title>
            <ActionFields form={form} />
            <Textarea
              label="Note"
              autosize={true}
              minRows={2}
              maxLength={4_000}
              {...form.getInputProps('note')}
            />
          </Stack>
        </Paper>
        <Group>
          <Button type="submit" loading={isBusy}>
            Enter the enquiry
          </Button>
          <ButtonLink to="/enquiries" variant="default">
            Cancel
          </ButtonLink>
        </Group>
      </Stack>
    </form>
  );
}

function Source({ form }: Pick<EnteringEnquiry, 'form'>): ReactNode {
  const question = 'How did they get in touch?';
  return (
    <Input.Wrapper label={question} labelElement="div" role="group" aria-label={question}>
      <Chip.Group
        value={form.values.source}
        onChange={(value) => form.setFieldValue('source', value as TypedEnquiry['source'])}
      >
        <Group gap="xs" mt={4}>
          {enteredSources.map((source) => (
            <Chip key={source} value={source} variant="outline">
              {enquirySourceWords[source]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

/** Those who look like the same person: one press goes on with one of them. */
function SamePerson({ entering }: { readonly entering: EnteringEnquiry }): ReactNode {
  const { duplicates, isBusy, save, backToForm } = entering;
  return (
    <Lookalikes
      lookalikes={duplicates}
      isBusy={isBusy}
      pick={({ customerId }) => void save({ confirmDuplicate: false, customerId })}
      none={{
        words: 'Somebody else: enter them anyway',
        act: () => void save({ confirmDuplicate: true }),
      }}
      back={backToForm}
    />
  );
}
