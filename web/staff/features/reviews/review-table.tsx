import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { ScreenLink } from '../../shared/links.tsx';
import type { ReviewPage } from '../../shared/review-counts.ts';
import { moveByRow } from '../../shared/row-keys.ts';
import { WhenText } from '../../shared/when-text.tsx';
import { overdueWords } from './overdue-words.ts';

type Review = ReviewPage['reviews'][number];

interface ReviewTableProps {
  readonly reviews: readonly Review[];
  readonly showsBranch: boolean;
  readonly caption: string;
}

/** The customers of a queue. The arrow keys go from name to name, Enter opens. */
export function ReviewTable({ reviews, showsBranch, caption }: ReviewTableProps): ReactNode {
  return (
    <Table highlightOnHover={true} mt="md" stickyHeader={true} stickyHeaderOffset="var(--top-height)">
      <Table.Caption>{caption}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th visibleFrom="sm">Number</Table.Th>
          {showsBranch && <Table.Th visibleFrom="sm">Branch</Table.Th>}
          <Table.Th visibleFrom="sm">Adviser</Table.Th>
          <Table.Th>Last reviewed</Table.Th>
          <Table.Th>Due</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody onKeyDown={moveByRow}>
        {reviews.map((review) => (
          <Table.Tr key={review.customerId}>
            <Table.Td>
              <ScreenLink to="/customers/$id" params={{ id: review.customerId }} data-row={true}>
                {review.displayName}
              </ScreenLink>
            </Table.Td>
            <Table.Td visibleFrom="sm">{review.customerNumber}</Table.Td>
            {showsBranch && <Table.Td visibleFrom="sm">{review.branchName}</Table.Td>}
            <Table.Td visibleFrom="sm">{review.adviser ?? '–'}</Table.Td>
            <Table.Td>
              {review.lastReviewAt === null ? 'never' : <WhenText when={review.lastReviewAt} />}
            </Table.Td>
            <Table.Td>
              <DueText review={review} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function DueText({ review: { dueOn, overdueDays } }: { readonly review: Review }): ReactNode {
  if (dueOn === null) return '–';
  if (overdueDays === null || overdueDays === 0) return <WhenText when={dueOn} />;
  return `${overdueWords(overdueDays)} ago`;
}
