import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { YesNo } from '../../shared/yes-no.tsx';
import classes from './enquiries.module.css';
import type { Enquiry } from './enquiries.ts';

/** May we answer, and by which way? The engine's own answer, which is another one once the enquiry has ended. */
export function AnswersCard({ enquiry }: { readonly enquiry: Enquiry }): ReactNode {
  return (
    <Paper component="section" aria-label="May we answer this enquiry?">
      <Title order={2}>May we answer this enquiry?</Title>
      <Text mt={4}>
        {enquiry.open
          ? 'Your own answer to this customer is a service message for as long as the enquiry is open, whatever they said about marketing. The same words sent to more than one person are marketing, and so is any other offer in it.'
          : 'This enquiry has ended: what you send about it now is marketing, and the boxes below decide.'}
      </Text>
      <ul className={classes['answers']}>
        {enquiry.answers.map(({ channel, label, allowed, sentences }) => (
          <li key={channel}>
            <Text fw={700} span={true}>
              {label}
            </Text>{' '}
            <YesNo yes={allowed} />
            {(!allowed || !enquiry.open) && (
              <Text size="xs" c="dimmed">
                {sentences.join(' ')}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}
