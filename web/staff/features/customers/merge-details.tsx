import { Paper, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CustomerKind } from '../../../../src/domain/vocabulary.ts';
import { sayWholeDay } from '../../shared/days.ts';
import { kindWords } from './customer.ts';
import type { MergeDetail, MergedRecords, MergeSide, MergeWishes } from './merging.ts';
import classes from './record.module.css';

const detailWords: Readonly<Record<MergeDetail['detail'], string>> = {
  name: 'Name',
  company: 'Company',
  kind: 'Kind',
  birthOn: 'Date of birth',
  branch: 'Branch',
};

interface MergeDetailsProps extends MergedRecords {
  readonly details: readonly MergeDetail[];
  readonly wishes: MergeWishes;
  readonly wish: (wishes: MergeWishes) => void;
}

/** Each detail on both records: which of the two stays, and why that one is suggested. */
export function MergeDetails(props: MergeDetailsProps): ReactNode {
  const { survivor, absorbed, details, wishes, wish } = props;
  const known = details.filter((detail) => detail.survivor !== null || detail.absorbed !== null);
  return (
    <Paper component="section" aria-label="Who they are">
      <Title order={2}>Who they are</Title>
      <SimpleGrid cols={2} mt="xs" visibleFrom="sm" aria-hidden="true">
        <Text fw={700}>No. {survivor.customerNumber}, which stays</Text>
        <Text fw={700}>No. {absorbed.customerNumber}</Text>
      </SimpleGrid>
      {known.map((detail) => (
        <div key={detail.detail} className={classes['row']}>
          {detail.survivor === detail.absorbed ? (
            <>
              <Text fw={500} size="sm">
                {detailWords[detail.detail]}
              </Text>
              <Text className={classes['value'] ?? ''}>{sayDetail(detail, 'survivor')}, on both records</Text>
            </>
          ) : (
            <DetailChoice
              detail={detail}
              chosen={wishes.choices[detail.detail] ?? detail.chosen}
              numbers={{ survivor: survivor.customerNumber, absorbed: absorbed.customerNumber }}
              choose={(side) => wish({ ...wishes, choices: { ...wishes.choices, [detail.detail]: side } })}
            />
          )}
        </div>
      ))}
    </Paper>
  );
}

interface DetailChoiceProps {
  readonly detail: MergeDetail;
  readonly chosen: MergeSide;
  readonly numbers: Readonly<Record<MergeSide, string>>;
  readonly choose: (side: MergeSide) => void;
}

const sides = ['survivor', 'absorbed'] as const;

function DetailChoice({ detail, chosen, numbers, choose }: DetailChoiceProps): ReactNode {
  return (
    <Radio.Group
      label={detailWords[detail.detail]}
      description={detail.because}
      value={chosen}
      onChange={(side) => choose(side === 'absorbed' ? 'absorbed' : 'survivor')}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt={4} verticalSpacing={4}>
        {sides.map((side) => (
          <Stack key={side} gap={0}>
            <Radio
              value={side}
              label={sayDetail(detail, side)}
              description={`No. ${numbers[side]}`}
              disabled={!detail.mayChoose && side !== chosen}
              // What cannot be chosen is still there to be read.
              styles={{ label: { color: 'var(--text)' }, description: { color: 'var(--quiet)' } }}
            />
          </Stack>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

function sayDetail(detail: MergeDetail, side: MergeSide): string {
  const value = detail[side];
  if (value === null) return 'Not recorded';
  if (detail.detail === 'kind') return kindWords[value as CustomerKind];
  return detail.detail === 'birthOn' ? sayWholeDay(value) : value;
}
