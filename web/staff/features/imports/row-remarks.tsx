import { Paper, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ImportRemark } from '../../../../src/features/imports/contract.ts';
import { sayNumber } from '../../shared/numbers.ts';
import { wordsOf } from './field-words.ts';
import classes from './imports.module.css';

interface RowRemarksProps {
  readonly title: string;
  readonly remarks: readonly ImportRemark[];
  readonly children?: ReactNode;
}

/** Single rows, with the line they stand on and why they were left out. */
export function RowRemarks({ title, remarks, children }: RowRemarksProps): ReactNode {
  if (remarks.length === 0) return null;
  return (
    <Paper component="section">
      <Title order={2}>{title}</Title>
      <Text c="dimmed" mb="xs">
        {children}
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Where</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {remarks.map(({ file, line, column, reason, original }) => (
            <Table.Tr key={`${file} ${line} ${column}`}>
              <Table.Td valign="top">
                {file}, line {sayNumber(line)}
              </Table.Td>
              <Table.Td>
                {wordsOf(column)}: {reason}
                {original !== '' && (
                  <Text size="sm" className={classes['samples'] ?? ''}>
                    {original}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
