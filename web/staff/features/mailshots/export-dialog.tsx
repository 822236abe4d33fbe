import { Checkbox, Fieldset, Modal, SimpleGrid, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { GivenSelection } from '../../../../src/features/mailshots/contract.ts';
import { newIdempotencyKey } from '../../shared/api.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { useReturnFocus } from '../../shared/return-focus.tsx';
import type { Count, ExportReport } from './answers.ts';
import { exportSelection } from './answers.ts';
import { columnGroups, fewestColumns, inOrder } from './export-columns.ts';
import { ExportReportView } from './export-report.tsx';
import { byChannelWords, peopleWords } from './words.ts';

interface ExportDialogProps {
  readonly selection: GivenSelection;
  /** The count the list follows: whoever drops out since is reported. */
  readonly count: Count;
  readonly close: () => void;
}

/** Makes the list: first which columns, the fewest to begin with, then what came of it. */
export function ExportDialog({ selection, count, close }: ExportDialogProps): ReactNode {
  useReturnFocus();
  const [report, setReport] = useState<ExportReport | null>(null);
  return report === null ? (
    <ExportForm selection={selection} count={count} close={close} made={setReport} />
  ) : (
    <Made report={report} selection={selection} close={close} />
  );
}

interface MadeProps {
  readonly report: ExportReport;
  readonly selection: GivenSelection;
  readonly close: () => void;
}

function Made({ report, selection, close }: MadeProps): ReactNode {
  return (
    <Modal opened={true} onClose={close} size="lg" title="The list is made">
      <ExportReportView report={report} channel={selection.channel} close={close} />
    </Modal>
  );
}

function ExportForm({
  selection,
  count,
  close,
  made,
}: ExportDialogProps & { readonly made: (report: ExportReport) => void }): ReactNode {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(fewestColumns(selection)));
  const [leftOut, setLeftOut] = useState(false);
  const submission = useSubmission();
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  // Another list is another request, which needs a key of its own.
  const changing = (change: () => void): void => {
    change();
    setIdempotencyKey(newIdempotencyKey());
  };
  const columns = inOrder(selection, chosen);
  const make = (): void =>
    void submission.run(async () => {
      const request = { selection, columns, leftOut, countedAt: count.asOf };
      const report = await exportSelection(request, idempotencyKey);
      // Whoever is on the list counts as contacted, which the figures may show.
      await queries.invalidateQueries({ queryKey: ['/selections:count'] });
      made(report);
    });
  return (
    <FormDialog
      title="Make the list"
      size="lg"
      verb="Make the list"
      missing={columns.length === 0 ? 'Choose at least one column.' : null}
      submit={make}
      submission={submission}
      close={close}
    >
      <Text>
        {peopleWords(count.permitted)} may be contacted by {byChannelWords[selection.channel]}. Everybody is
        decided again now, and whoever is on the list counts as contacted.
      </Text>
      <Columns selection={selection} chosen={chosen} choose={(next) => changing(() => setChosen(next))} />
      <Checkbox
        label="Make a second file of everybody left out, and why"
        description="Customer numbers and reasons only"
        checked={leftOut}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          changing(() => setLeftOut(checked));
        }}
      />
    </FormDialog>
  );
}

interface ColumnsProps {
  readonly selection: GivenSelection;
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
}

function Columns({ selection, chosen, choose }: ColumnsProps): ReactNode {
  return (
    <>
      <Text size="sm" c="dimmed">
        Only what the sender needs: each further column is a further detail that leaves the house.
      </Text>
      {columnGroups(selection).map(({ label, columns }) => (
        <Fieldset key={label} legend={label} p="sm" m={0}>
          <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="xs" verticalSpacing="xs">
            {columns.map(({ column, label: name }) => (
              <Checkbox
                key={column}
                label={name}
                checked={chosen.has(column)}
                onChange={(event) => {
                  const next = new Set(chosen);
                  if (event.currentTarget.checked) next.add(column);
                  else next.delete(column);
                  choose(next);
                }}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
      ))}
    </>
  );
}
