import { Button, Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  enquiryStages,
  enquiryStageWords,
  isOpenStage,
  lostReasonWords,
} from '../../../../src/domain/enquiry.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './enquiries.module.css';
import type { Enquiry } from './enquiries.ts';
import { useMove } from './move.tsx';
import { NextAction } from './next-action.tsx';

interface StageCardProps {
  readonly enquiry: Enquiry;
  readonly mayChange: boolean;
  readonly planNext: () => void;
}

/** Where it stands, what is done next, and the way on. */
export function StageCard({ enquiry, mayChange, planNext }: StageCardProps): ReactNode {
  const { move, dialog } = useMove();
  const { stage } = enquiry;
  return (
    <Paper component="section" aria-label="Where it stands">
      <Group justify="space-between" mb="sm" align="flex-start">
        <div>
          <Title order={2}>Next action</Title>
          {enquiry.open ? <NextAction enquiry={enquiry} /> : <Ended enquiry={enquiry} />}
        </div>
        {mayChange && enquiry.open && (
          <Button variant="default" onClick={planNext} aria-keyshortcuts="N">
            {enquiry.nextAction === null ? 'Plan the next action' : 'Done, what next?'}&nbsp;
            <KeyHint>N</KeyHint>
          </Button>
        )}
      </Group>
      <ol className={classes['steps']} aria-label="Stages">
        {enquiryStages.map((each) => (
          <li key={each}>
            <button
              type="button"
              className={classes['step']}
              aria-current={each === stage ? 'step' : undefined}
              disabled={!mayChange || stage === 'sold'}
              onClick={() => void move(enquiry, each)}
            >
              {enquiryStageWords[each]}
              {isOpenStage(each) || each === stage ? '' : '…'}
            </button>
          </li>
        ))}
      </ol>
      {dialog}
    </Paper>
  );
}

function Ended({ enquiry }: { readonly enquiry: Enquiry }): ReactNode {
  const { stage, lostReason, lostNote, soldOn, closedAt } = enquiry;
  if (stage === 'sold') {
    return (
      <Text>Sold {soldOn === null ? '' : <WhenText when={soldOn} />}. The vehicle is on their record.</Text>
    );
  }
  return (
    <>
      <Text>
        Lost {closedAt === null ? '' : <WhenText when={closedAt} />}
        {lostReason === null ? '' : `: ${lostReasonWords[lostReason].toLowerCase()}`}
      </Text>
      {lostNote !== null && <Text c="dimmed">{lostNote}</Text>}
    </>
  );
}
