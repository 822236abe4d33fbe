import { Paper, SimpleGrid, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { customerSchema } from '../../../../src/features/customers/contract.ts';
import { read } from '../../shared/api.ts';
import { nameOf } from '../../shared/customer-search.ts';
import { Screen } from '../../shared/screen.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';

type Customer = z.infer<typeof customerSchema>;
const route = getRouteApi('/signed-in/customers/$id');

/** One customer: who they are, how they are reached, what they drive. */
export function CustomerScreen(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['/customers', id],
    queryFn: ({ signal }) => read<Customer>(`/customers/${encodeURIComponent(id)}`, { signal }),
  });
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  return (
    <Screen
      title={nameOf(data)}
      documentTitle={`Customer ${data.customerNumber}`}
      subtitle={
        <>
          No. {data.customerNumber} · {data.prospect ? 'Prospect' : 'Customer'}
          {data.createdOn !== null && (
            <>
              {' '}
              since <WhenText when={data.createdOn} />
            </>
          )}
        </>
      }
    >
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ContactPoints customer={data} />
        <Vehicles customer={data} />
      </SimpleGrid>
    </Screen>
  );
}

const kinds: Readonly<Record<string, string>> = {
  mobile: 'Mobile',
  landline: 'Telephone',
  phone: 'Telephone',
  email: 'Email',
  postal: 'Letter',
  social: 'Social media',
};

function ContactPoints({ customer }: { readonly customer: Customer }): ReactNode {
  return (
    <Paper component="section">
      <Title order={2} mb="xs">
        How they are reached
      </Title>
      {customer.contactPoints.length === 0 && <Text c="dimmed">Nothing is recorded.</Text>}
      <Table>
        <Table.Tbody>
          {customer.contactPoints.map((point) => (
            <Table.Tr key={point.id}>
              <Table.Th scope="row" w="8rem">
                {kinds[point.kind] ?? point.kind}
              </Table.Th>
              <Table.Td>
                {point.value}
                {point.status === 'bounced' && <Text c="dimmed">came back undelivered</Text>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Vehicles({ customer }: { readonly customer: Customer }): ReactNode {
  return (
    <Paper component="section">
      <Title order={2} mb="xs">
        Vehicles
      </Title>
      {customer.vehicles.length === 0 && <Text c="dimmed">None is recorded.</Text>}
      {customer.vehicles.map((vehicle) => (
        <Text key={vehicle.vehicleId} mt={4}>
          <b>{[vehicle.make, vehicle.model].filter(Boolean).join(' ') || 'Vehicle'}</b>
          {vehicle.registration !== null && ` · ${vehicle.registration}`}
          {vehicle.untilOn !== null && ' · no longer theirs'}
        </Text>
      ))}
    </Paper>
  );
}
