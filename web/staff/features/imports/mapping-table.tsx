import { Checkbox, NativeSelect, Radio, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ImportMapping } from '../../../../src/domain/import-mapping.ts';
import { read } from '../../shared/api.ts';
import { fieldChoices, isFlag } from './field-words.ts';
import classes from './imports.module.css';
import type { MappingProposal } from './imports.ts';
import type { MappedColumn } from './mapping.ts';
import { withCheck, withField, withMeaning } from './mapping.ts';

interface MappingTableProps {
  readonly fileId: string;
  readonly mapping: ImportMapping;
  readonly change: (mapping: ImportMapping) => void;
}

/** Every column of a file with its first values and what it becomes. */
export function MappingTable({ fileId, mapping, change }: MappingTableProps): ReactNode {
  const { data } = useQuery({
    queryKey: ['/imports:propose-mapping', fileId],
    queryFn: ({ signal }) =>
      read<MappingProposal>('/imports:propose-mapping', { body: { file: fileId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const samples = new Map(data?.samples.map(({ column, values }) => [column, values]));
  return (
    <>
      <Radio.Group
        label="What 03/04/2021 means"
        value={mapping.dateOrder}
        onChange={(order) =>
          change({ ...mapping, dateOrder: order === 'month_first' ? 'month_first' : 'day_first' })
        }
        mb="md"
      >
        <Stack gap="xs" mt={4}>
          <Radio value="day_first" label="3 April 2021" />
          <Radio value="month_first" label="4 March 2021" />
        </Stack>
      </Radio.Group>
      <Table verticalSpacing="sm" className={classes['mapping'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Column and first values</Table.Th>
            <Table.Th>Becomes</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mapping.columns.map((column) => (
            <Table.Tr key={column.column}>
              <Table.Td valign="top">
                <b>{column.column}</b>
                <Text size="sm" className={classes['samples'] ?? ''}>
                  {samples.get(column.column)?.join(' · ') ||
                    (data === undefined ? '' : 'nothing in the first rows')}
                </Text>
              </Table.Td>
              <Table.Td valign="top">
                <ColumnMeaning column={column} mapping={mapping} change={change} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function ColumnMeaning({
  column: { column, field, invert, check, note },
  mapping,
  change,
}: {
  readonly column: MappedColumn;
  readonly mapping: ImportMapping;
  readonly change: (mapping: ImportMapping) => void;
}): ReactNode {
  return (
    <Stack gap="xs">
      <NativeSelect
        aria-label={`What “${column}” becomes`}
        value={field ?? ''}
        data={[{ value: '', label: 'Leave it out' }, ...fieldChoices(mapping.file)]}
        onChange={({ currentTarget: { value } }) =>
          change(withField(mapping, column, value === '' ? null : value))
        }
      />
      {isFlag(field) && (
        <NativeSelect
          aria-label={`What a yes in “${column}” means`}
          value={invert === true ? 'may' : 'no'}
          data={[
            { value: 'no', label: 'A yes means: do not contact' },
            { value: 'may', label: 'A yes means: may be contacted' },
          ]}
          onChange={(event) => change(withMeaning(mapping, column, event.currentTarget.value === 'may'))}
        />
      )}
      {note !== undefined && <Text size="sm">{note}</Text>}
      {note !== undefined && (
        <Checkbox
          label={`I have looked at “${column}”`}
          checked={check !== true}
          onChange={(event) => change(withCheck(mapping, column, !event.currentTarget.checked))}
        />
      )}
    </Stack>
  );
}
