import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { WhenText } from '../../shared/when-text.tsx';
import { YesNo } from '../../shared/yes-no.tsx';
import classes from './enquiries.module.css';
import type { Enquiry } from './enquiries.ts';
import { ReplyForm } from './reply-form.tsx';

interface AnswersCardProps {
  readonly enquiry: Enquiry;
  readonly mayWrite: boolean;
}

/** May we answer, by which way, and what was answered? The engine's own answer, another one once the enquiry has ended. */
export function AnswersCard({ enquiry, mayWrite }: AnswersCardProps): ReactNode {
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
      {enquiry.open && mayWrite && <ReplyForm enquiry={enquiry} />}
      {enquiry.replies.length > 0 && (
        <>
          <Title order={3} mt="sm">
            What they were answered
          </Title>
          <ul className={classes['plain']}>
            {enquiry.replies.map((reply) => (
              <li key={reply.id} className={classes['note']}>
                {reply.text ?? 'Answered.'}
                <Text size="xs" c="dimmed">
                  {reply.label}, {reply.repliedBy}, <WhenText when={reply.repliedAt} withTime={true} />
                </Text>
              </li>
            ))}
          </ul>
        </>
      )}
    </Paper>
  );
}
