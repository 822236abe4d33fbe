import { Paper, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Roles } from '../../../../src/features/users/contract.ts';
import { read } from '../../shared/api.ts';
import { roleWords } from '../../shared/role-words.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';

/** What each role may do, as the server holds it: who chooses a role sees what it opens. */
export function RolesTable(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['/roles'],
    queryFn: ({ signal }) => read<Roles>('/roles', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Paper component="section" mt="md" aria-label="What each role may do">
      <Title order={2} mb="xs">
        What each role may do
      </Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && (
        <Table.ScrollContainer minWidth={700} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>May</Table.Th>
                {data.roles.map((role) => (
                  <Table.Th key={role}>{roleWords[role]}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.duties.map(({ scope, allows, roles }) => (
                <Table.Tr key={scope}>
                  <Table.Th scope="row" fw={400}>
                    {allows}
                  </Table.Th>
                  {data.roles.map((role) => (
                    <Table.Td key={role}>
                      {roles.includes(role) ? (
                        'Yes'
                      ) : (
                        <Text span c="dimmed">
                          No
                        </Text>
                      )}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
