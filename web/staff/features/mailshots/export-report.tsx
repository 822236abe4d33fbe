import { Button, Code, CopyButton, Group, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Channel } from '../../../../src/domain/vocabulary.ts';
import { WhenText } from '../../shared/when-text.tsx';
import type { ExportReport } from './answers.ts';
import { whoOf } from './answers.ts';
import classes from './mailshots.module.css';
import { sayReasons } from './reason-words.ts';
import { grouped, peopleWords } from './words.ts';

interface ExportReportViewProps {
  readonly report: ExportReport;
  readonly channel: Channel;
  readonly close: () => void;
}

/** What left the house: how many, who dropped out since the count, the fingerprint, and where to fetch it. */
export function ExportReportView({ report, channel, close }: ExportReportViewProps): ReactNode {
  const { rows, people, matching, list, leftOutList } = report;
  return (
    <Stack>
      <Text size="lg">
        <b>{rows === 1 ? '1 row' : `${grouped(rows)} rows`}</b>
        {rows === people ? '' : ` for ${peopleWords(people)}`}, of {grouped(matching)} who match.
      </Text>
      <DroppedOut report={report} channel={channel} />
      <Group>
        <Button component="a" href={list} download={true} data-autofocus={true}>
          Download the list
        </Button>
        {leftOutList !== null && (
          <Button component="a" href={leftOutList} download={true} variant="default">
            Download who was left out
          </Button>
        )}
      </Group>
      <Text c="dimmed">
        CSV, to be fetched until <WhenText when={report.fetchableUntil} withTime={true} />, by whoever may
        make lists. A list ages: use it now, and make a new one another day.
      </Text>
      <Recorded report={report} />
      <Group>
        <Button variant="default" onClick={close}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

function DroppedOut({ report, channel }: Omit<ExportReportViewProps, 'close'>): ReactNode {
  const people = report.droppedOut.reduce((sum, group) => sum + group.people, 0);
  if (people === 0) return <Text>Nobody dropped out since they were counted.</Text>;
  return (
    <section className={classes['dropped']} aria-labelledby="dropped-out">
      <Title order={3} fz="md" id="dropped-out">
        {peopleWords(people)} dropped out since they were counted, and {people === 1 ? 'is' : 'are'} not on
        the list
      </Title>
      <ul>
        {report.droppedOut.map((group) => (
          <li key={whoOf(group)}>
            <b>
              {grouped(group.people)} · {sayReasons(group.reasons, channel)}:
            </b>{' '}
            {group.sentences.join(' ')}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recorded({ report }: { readonly report: ExportReport }): ReactNode {
  return (
    <section aria-labelledby="recorded">
      <Title order={3} fz="md" id="recorded">
        Recorded
      </Title>
      <Table>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row" w="7rem">
              When
            </Table.Th>
            <Table.Td>
              <WhenText when={report.exportedAt} withTime={true} />, under policy version{' '}
              {report.policyVersion}
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">For whom</Table.Th>
            <Table.Td>{report.plainEnglish}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">Record</Table.Th>
            <Table.Td>
              <Code className={classes['long'] ?? ''}>{report.exportId}</Code>
            </Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">SHA-256</Table.Th>
            <Table.Td>
              <Code className={classes['long'] ?? ''}>{report.sha256}</Code>{' '}
              <CopyButton value={report.sha256}>
                {({ copied, copy }) => (
                  <Button variant="subtle" size="compact-xs" onClick={copy}>
                    {copied ? 'Copied' : 'Copy'}
                  </Button>
                )}
              </CopyButton>
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </section>
  );
}
