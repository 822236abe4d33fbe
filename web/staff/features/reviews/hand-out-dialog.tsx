import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { z } from 'zod';
import type {
  callListReportSchema,
  callListSchema,
} from '../../../../src/features/reviews/calls/contract.ts';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { sayCount } from '../../shared/numbers.ts';

type Report = z.infer<typeof callListReportSchema>;

interface HandOutDialogProps {
  readonly queue: z.infer<typeof callListSchema>;
  readonly close: () => void;
}

/** Makes the call list as a file, to be printed or opened elsewhere: recorded as any list that leaves the house. */
export function HandOutDialog({ queue, close }: HandOutDialogProps): ReactNode {
  const queries = useQueryClient();
  const submission = useSubmission();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const [report, setReport] = useState<Report | null>(null);
  if (report !== null) return <HandedOut report={report} close={close} />;
  const make = (): void =>
    void submission.run(async () => {
      setReport((await ask<Report>('/review-calls:export', { body: queue, idempotencyKey })).body);
      // Whoever is on the list counts as contacted, and may not be phoned again so soon.
      await queries.invalidateQueries({ queryKey: ['/reviews', 'calls'] });
    });
  return (
    <FormDialog
      title="Hand the call list out"
      verb="Make the list"
      submit={make}
      submission={submission}
      close={close}
    >
      <Text>
        The first 500 of this queue whom we may phone, as a file with name, number, car and what to ask, and
        room for what came of it. Everybody is decided again now, whoever is on the list counts as contacted,
        and the list is on record.
      </Text>
    </FormDialog>
  );
}

function HandedOut({ report, close }: { readonly report: Report; readonly close: () => void }): ReactNode {
  return (
    <Modal opened={true} onClose={close} title="The call list is made">
      <Stack>
        <Text size="lg">
          <b>{sayCount(report.rows, 'customer')}</b> to phone.
        </Text>
        <Text c="dimmed">
          CSV, to be fetched for an hour. A list ages: phone today, and make a new one another day.
        </Text>
        <Text size="sm">
          Record <Code>{report.exportId}</Code>
        </Text>
        <Group>
          <Button component="a" href={report.list} download={true} data-autofocus={true}>
            Download the list
          </Button>
          <Button variant="default" onClick={close}>
            Close
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
