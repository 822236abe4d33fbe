import { Alert, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { nameOf } from '../../shared/customer-search.ts';
import { ScreenLink } from '../../shared/links.tsx';
import { lookalikeQuestion } from '../../shared/lookalikes.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './enquiries.module.css';
import type { Enquiry } from './enquiries.ts';

type Lead = NonNullable<Enquiry['web']>;

const matchWords: Readonly<Record<string, string>> = {
  phone: 'telephone number',
  email: 'email address',
  vehicle: 'vehicle',
  name_and_postcode: 'name and postcode',
};

/** What a visitor of the website typed and ticked, and what became of each tick. */
export function WebCard({ lead }: { readonly lead: Lead }): ReactNode {
  const { visitor, wording, ticks, lookalikes } = lead;
  return (
    <Paper component="section" aria-label="What came from the website">
      <Title order={2}>What came from the website</Title>
      <Text mt={4}>
        {[nameOf(visitor), visitor.phone, visitor.email].filter(Boolean).join(' · ')}
        <Text size="sm" c="dimmed">
          as typed, <WhenText when={lead.submittedAt} withTime={true} /> · {foundWords(lead.matchedOn)}
        </Text>
      </Text>
      {lookalikes.length > 0 && (
        <Alert color="yellow" variant="light" mt="sm" title={lookalikeQuestion}>
          <Text size="sm" c="var(--text)">
            They have the same number, address or vehicle. Their no counts here, too.
          </Text>
          <ul className={classes['plain']}>
            {lookalikes.map(({ customerId, displayName, customerNumber }) => (
              <li key={customerId}>
                <ScreenLink to="/customers/$id" params={{ id: customerId }}>
                  {displayName}, no. {customerNumber}
                </ScreenLink>
                <Reach customerId={customerId} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {ticks.length > 0 && (
        <dl className={classes['ticks']}>
          {ticks.map(({ label, sentence, outcome }) => (
            <div key={label} className={classes['note']}>
              <dt>{label}</dt>
              <dd data-outcome={outcome}>{sentence}</dd>
            </div>
          ))}
        </dl>
      )}
      {wording !== null && (
        <Text size="sm" c="dimmed" mt="xs">
          They saw: “{wording.text}”
        </Text>
      )}
    </Paper>
  );
}

function foundWords(matchedOn: readonly string[]): string {
  if (matchedOn.length === 0) return 'entered as somebody new';
  const marks = matchedOn.map((mark) => matchWords[mark] ?? mark);
  return `found on file by the same ${marks.join(' and ')}`;
}
