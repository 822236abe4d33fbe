import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { nameOf } from '../../shared/customer-search.ts';
import { ButtonLink } from '../../shared/links.tsx';
import { alikeWords } from '../../shared/lookalikes.tsx';
import { customerQuery } from './customer.ts';
import type { Entering, TypedCustomer } from './new-customer.ts';
import { givenNames } from './profile-fields.tsx';
import classes from './record.module.css';
import { vehicleName } from './vehicle-words.ts';

/** More than so many are not compared side by side. */
const comparedMax = 4;

/** What was typed beside those who look like the same person, with what is alike in words. */
export function Duplicates({ entering }: { readonly entering: Entering }): ReactNode {
  const { duplicates, form, isBusy, save, backToForm } = entering;
  const compared = duplicates.slice(0, comparedMax);
  const records = useQueries({ queries: compared.map(({ customerId }) => customerQuery(customerId)) });
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: Math.min(compared.length + 1, 3) }}>
        <Side
          title={nameOf(givenNames(form.values))}
          subtitle="as you typed it"
          lines={typedLines(form.values)}
        />
        {compared.map((duplicate, index) => {
          const record = records[index]?.data;
          return (
            <Side
              key={duplicate.customerId}
              title={nameOf(duplicate)}
              subtitle={`No. ${duplicate.customerNumber}`}
              matches={alikeWords(duplicate)}
              reach={<Reach customerId={duplicate.customerId} />}
              lines={record?.vehicles.map(vehicleName) ?? []}
              action={
                <ButtonLink to="/customers/$id" params={{ id: duplicate.customerId }}>
                  Open this one
                </ButtonLink>
              }
            />
          );
        })}
      </SimpleGrid>
      {duplicates.length > comparedMax && (
        <Text c="dimmed">
          And {duplicates.length - comparedMax} more: search for them by what is the same.
        </Text>
      )}
      <Group>
        <Button variant="default" loading={isBusy} onClick={() => void save({ confirmDuplicate: true })}>
          Create anyway
        </Button>
        <Button variant="default" onClick={backToForm}>
          Back to the form
        </Button>
      </Group>
    </Stack>
  );
}

interface SideProps {
  readonly title: string;
  readonly subtitle: string;
  readonly matches?: string;
  /** How they are reached, where they are on file. */
  readonly reach?: ReactNode;
  readonly lines: readonly string[];
  readonly action?: ReactNode;
}

function Side({ title, subtitle, matches = '', reach, lines, action }: SideProps): ReactNode {
  return (
    <Paper component="section" aria-label={`${title}, ${subtitle}`}>
      <Stack gap="xs" align="flex-start">
        <div>
          <Title order={2}>{title}</Title>
          <Text c="dimmed">{subtitle}</Text>
        </div>
        {matches !== '' && (
          <span className={classes['due']} data-urgency="soon">
            {matches}
          </span>
        )}
        {reach}
        {lines.map((line) => (
          <Text key={line} className={classes['value'] ?? ''} size="sm">
            {line}
          </Text>
        ))}
        {action}
      </Stack>
    </Paper>
  );
}

function typedLines({ phone, otherPhone, email, address, vehicle }: TypedCustomer): string[] {
  const { line1, line2, town, county, postcode } = address;
  const where = [line1, line2, town, county, postcode].filter((line) => line.trim() !== '').join(', ');
  const car = [vehicle.make, vehicle.model, vehicle.registration.toUpperCase()].filter(Boolean).join(' ');
  return [
    ...[phone, otherPhone].filter(Boolean).map((number) => `Telephone: ${number}`),
    ...(email === '' ? [] : [`Email: ${email}`]),
    ...(where === '' ? [] : [`Address: ${where}`]),
    ...(car === '' ? [] : [car]),
  ];
}
