import { Box, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { enquirySourceWords, enquirySubject } from '../../../../src/domain/enquiry.ts';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { ScreenLink } from '../../shared/links.tsx';
import { moveByRow } from '../../shared/row-keys.ts';
import { WhenText } from '../../shared/when-text.tsx';
import type { EnquirySummary } from './enquiries.ts';
import { NextAction } from './next-action.tsx';
import { StageBadge } from './stage-badge.tsx';

interface EnquiryTableProps {
  readonly enquiries: readonly EnquirySummary[];
  readonly showsBranch: boolean;
  readonly isClosed: boolean;
  readonly caption: string;
}

/** Enquiries as rows. The arrow keys go from name to name, Enter opens. */
export function EnquiryTable(props: EnquiryTableProps): ReactNode {
  const { enquiries, showsBranch, isClosed, caption } = props;
  return (
    <Table highlightOnHover={true} mt="md">
      <Table.Caption>{caption}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th visibleFrom="sm">Wants</Table.Th>
          <Table.Th visibleFrom="sm">Stage</Table.Th>
          <Table.Th>{isClosed ? 'Closed' : 'Next action'}</Table.Th>
          <Table.Th visibleFrom="md">Owner</Table.Th>
          {showsBranch && <Table.Th visibleFrom="md">Branch</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody onKeyDown={moveByRow}>
        {enquiries.map((enquiry) => (
          <Table.Tr key={enquiry.id}>
            <Table.Td>
              <ScreenLink to="/enquiries/$id" params={{ id: enquiry.id }} data-row={true}>
                {enquiry.displayName}
              </ScreenLink>
              <Text size="xs" c="dimmed">
                {enquirySourceWords[enquiry.source]}, <WhenText when={enquiry.openedAt} />
              </Text>
              <Reach customerId={enquiry.customerId} show="phone" />
              <Box hiddenFrom="sm" mt={4}>
                <StageBadge stage={enquiry.stage} />
              </Box>
            </Table.Td>
            <Table.Td visibleFrom="sm">{enquirySubject(enquiry)}</Table.Td>
            <Table.Td visibleFrom="sm">
              <StageBadge stage={enquiry.stage} />
            </Table.Td>
            <Table.Td>
              {enquiry.closedAt === null ? (
                <NextAction enquiry={enquiry} />
              ) : (
                <WhenText when={enquiry.closedAt} />
              )}
            </Table.Td>
            <Table.Td visibleFrom="md">{enquiry.ownerName ?? 'Nobody yet'}</Table.Td>
            {showsBranch && <Table.Td visibleFrom="md">{enquiry.branchName}</Table.Td>}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
