import { Alert, Button, Chip, Group, Input, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { enquirySourceWords, enteredSources } from '../../../../src/domain/enquiry.ts';
import { nameOf } from '../../shared/customer-search.ts';
import { ButtonLink } from '../../shared/links.tsx';
import { Screen } from '../../shared/screen.tsx';
import { CustomerChoice } from './customer-choice.tsx';
import { ActionFields, WishFields } from './enquiry-fields.tsx';
import type { Duplicate, EnteringEnquiry, TypedEnquiry } from './new-enquiry.ts';
import { useNewEnquiry } from './new-enquiry.ts';

/** Entering an enquiry: who asks, what they want, and what is done next. */
export function NewEnquiryScreen(): ReactNode {
  const entering = useNewEnquiry();
  const hasDuplicates = entering.duplicates.length > 0;
  return (
    <Screen
      title={hasDuplicates ? 'Is it one of these?' : 'New enquiry'}
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

const matchWords: Readonly<Record<Duplicate['matchedOn'][number], string>> = {
  phone: 'same telephone number',
  email: 'same email address',
  vehicle: 'same vehicle',
  name_and_postcode: 'same name and postcode',
};

/** Those who look like the same person: one press goes on with one of them. */
function SamePerson({ entering }: { readonly entering: EnteringEnquiry }): ReactNode {
  const { duplicates, isBusy, save, backToForm } = entering;
  return (
    <Stack maw="46rem">
      {duplicates.map((duplicate) => (
        <Paper key={duplicate.customerId} component="section" aria-label={nameOf(duplicate)}>
          <Group justify="space-between">
            <div>
              <Title order={2}>{nameOf(duplicate)}</Title>
              <Text c="dimmed">
                No. {duplicate.customerNumber} ·{' '}
                {duplicate.matchedOn.map((match) => matchWords[match]).join(', ')}
              </Text>
            </div>
            <Button
              loading={isBusy}
              onClick={() => void save({ confirmDuplicate: false, customerId: duplicate.customerId })}
            >
              It is this one
            </Button>
          </Group>
        </Paper>
      ))}
      <Group>
        <Button variant="default" loading={isBusy} onClick={() => void save({ confirmDuplicate: true })}>
          Somebody else: enter them anyway
        </Button>
        <Button variant="default" onClick={backToForm}>
          Back to the form
        </Button>
      </Group>
    </Stack>
  );
}
