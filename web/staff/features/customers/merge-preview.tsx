import { List, Paper, SimpleGrid, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { categoryWords, channelWords } from '../../../../src/domain/plain-words.ts';
import type { Category } from '../../../../src/domain/vocabulary.ts';
import { YesNo } from '../../shared/yes-no.tsx';
import type { MergedRecords, MergeOutcome } from './merging.ts';

type Box = MergeOutcome['vehicles'][number]['cells'][number];

interface MergePreviewProps extends MergedRecords {
  readonly outcome: MergeOutcome;
  /** It answers the choice before this one; the next answer is on its way. */
  readonly isOld: boolean;
}

/** Who may be contacted, today on each record and afterwards, as the merge itself computed it. */
export function MergePreview({ survivor, absorbed, outcome, isOld }: MergePreviewProps): ReactNode {
  const numbers = [survivor.customerNumber, absorbed.customerNumber] as const;
  const categories = [...new Set(outcome.cells.map(({ category }) => category))];
  const ofCategory = (wanted: Category) => outcome.cells.filter(({ category }) => category === wanted);
  return (
    <Paper component="section" aria-label="Who may be contacted" aria-busy={isOld}>
      <Title order={2}>May we contact them?</Title>
      <Conflicts conflicts={outcome.conflicts} />
      <SimpleGrid cols={{ base: 1, lg: 3 }} mt="md">
        {categories.map((category) => (
          <Answers
            key={category}
            about={categoryWords[category]}
            boxes={ofCategory(category)}
            numbers={numbers}
          />
        ))}
        {outcome.vehicles.map(({ vehicleId, name, cells }) => (
          <Answers
            key={vehicleId}
            about={`Service follow-up about ${name}`}
            boxes={cells}
            numbers={numbers}
          />
        ))}
      </SimpleGrid>
    </Paper>
  );
}

function Conflicts({ conflicts }: Pick<MergeOutcome, 'conflicts'>): ReactNode {
  if (conflicts.length === 0) return <Text mt="xs">The two records say the same in everything.</Text>;
  return (
    <>
      <Text mt="xs" fw={700}>
        Where the two do not agree, or a yes is lost
      </Text>
      <List>
        {conflicts.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </>
  );
}

interface AnswersProps {
  readonly about: string;
  readonly boxes: readonly Box[];
  readonly numbers: readonly [string, string];
}

function Answers({ about, boxes, numbers }: AnswersProps): ReactNode {
  return (
    <div>
      <Title order={3} size="1rem">
        {about}
      </Title>
      <Table aria-label={about} verticalSpacing={4} horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>By</Table.Th>
            <Table.Th>No. {numbers[0]}</Table.Th>
            <Table.Th>No. {numbers[1]}</Table.Th>
            <Table.Th>Afterwards</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {boxes.map((box) => (
            <Table.Tr key={box.channel} {...(isConflict(box) ? { bg: 'var(--accent-ground)' } : {})}>
              <Table.Th scope="row" fw={400}>
                {channelWords[box.channel]}
              </Table.Th>
              <Table.Td>
                <Answer yes={box.survivorAllowed} reasons={box.survivorReasons} />
              </Table.Td>
              <Table.Td>
                <Answer yes={box.absorbedAllowed} reasons={box.absorbedReasons} />
              </Table.Td>
              <Table.Td>
                <YesNo yes={box.mergedAllowed} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function isConflict({
  survivorAllowed,
  absorbedAllowed,
  mergedAllowed,
  survivorReasons,
  absorbedReasons,
}: Box): boolean {
  const isLost = (survivorAllowed || absorbedAllowed) && !mergedAllowed;
  const areBothAsked = survivorReasons.length > 0 && absorbedReasons.length > 0;
  return isLost || (areBothAsked && survivorAllowed !== absorbedAllowed);
}

/** A no has a reason; without any, the question does not arise on this record: the vehicle is not theirs. */
function Answer({ yes, reasons }: { readonly yes: boolean; readonly reasons: readonly string[] }): ReactNode {
  return yes || reasons.length > 0 ? <YesNo yes={yes} /> : <Text span>Not theirs</Text>;
}
