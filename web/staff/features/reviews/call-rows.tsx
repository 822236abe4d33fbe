import { Anchor, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { callPageSchema } from '../../../../src/features/reviews/calls/contract.ts';
import { ScreenLink } from '../../shared/links.tsx';
import { sayCount } from '../../shared/numbers.ts';
import { moveByRow } from '../../shared/row-keys.ts';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './reviews.module.css';

type Call = z.infer<typeof callPageSchema>['calls'][number];

interface CallRowsProps {
  readonly calls: readonly Call[];
  readonly showsBranch: boolean;
}

/** Whom to phone, at which number, about which car, and what to ask. The arrow keys go from name to name. */
export function CallRows({ calls, showsBranch }: CallRowsProps): ReactNode {
  return (
    <>
      <Text>{sayCount(calls.length, 'customer')} shown whom we may phone, the longest ago first.</Text>
      <ul className={classes['calls']} aria-label="Whom to phone" onKeyDown={moveByRow}>
        {calls.map((call) => (
          <li key={call.customerId}>
            <Group justify="space-between" gap="sm">
              <ScreenLink to="/customers/$id" params={{ id: call.customerId }} data-row={true} fw={600}>
                {call.displayName}
              </ScreenLink>
              <Anchor
                href={`tel:${call.dial}`}
                fw={600}
                aria-label={`Phone ${call.displayName}, ${call.number}`}
              >
                {call.number}
              </Anchor>
            </Group>
            <Text size="sm" c="dimmed">
              {aboutOf(call, showsBranch).join(' · ')} · <DueWords call={call} />
            </Text>
            <Text mt="xs">“{call.toAsk}”</Text>
            <Text size="sm" c="dimmed" mt="xs">
              May be phoned: {call.basis}
            </Text>
            {call.warnings.map((warning) => (
              <Text key={warning} size="sm">
                Mind: {warning}
              </Text>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function aboutOf(call: Call, showsBranch: boolean): string[] {
  return [
    call.customerNumber,
    ...call.vehicles,
    ...(showsBranch ? [call.branchName] : []),
    call.adviser ?? 'no adviser',
  ];
}

function DueWords({ call: { dueOn } }: { readonly call: Call }): ReactNode {
  if (dueOn === null) return 'never asked';
  return (
    <>
      due <WhenText when={dueOn} />
    </>
  );
}
