import { Button, Grid, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { customerSchema } from '../../../../src/features/customers/contract.ts';
import { read } from '../../shared/api.ts';
import { nameOf } from '../../shared/customer-search.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { PreferencesPanel } from '../../shared/preferences/preferences-panel.tsx';
import { PreferencesPopup } from '../../shared/preferences/preferences-popup.tsx';
import { StopAllMarketing } from '../../shared/preferences/stop-all-marketing.tsx';
import { useReviewPrompt } from '../../shared/preferences/use-review-prompt.ts';
import { Screen } from '../../shared/screen.tsx';
import { useShortcut } from '../../shared/shortcut.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';

type Customer = z.infer<typeof customerSchema>;
const route = getRouteApi('/signed-in/customers/$id');

/** One customer: whether they may be contacted, how they are reached, what they drive. */
export function CustomerScreen(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['/customers', id],
    queryFn: ({ signal }) => read<Customer>(`/customers/${encodeURIComponent(id)}`, { signal }),
  });
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  return <CustomerRecord key={data.id} customer={data} />;
}

function CustomerRecord({ customer }: { readonly customer: Customer }): ReactNode {
  const { preferences } = route.useSearch();
  const prompt = useReviewPrompt(customer.id, preferences === 'open');
  useShortcut({ key: 'r' }, prompt.open, prompt.mayOpen);
  return (
    <Screen
      title={nameOf(customer)}
      documentTitle={`Customer ${customer.customerNumber}`}
      subtitle={<WhoTheyAre customer={customer} />}
      actions={
        <>
          {prompt.mayOpen && (
            <Button onClick={prompt.open} aria-keyshortcuts="R">
              Review preferences&nbsp;<KeyHint>R</KeyHint>
            </Button>
          )}
          <StopAllMarketing customerId={customer.id} name={nameOf(customer)} />
        </>
      }
    >
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <PreferencesPanel customerId={customer.id} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack>
            <Vehicles customer={customer} />
            <ContactPoints customer={customer} />
          </Stack>
        </Grid.Col>
      </Grid>
      {prompt.isOpen && <PreferencesPopup customerId={customer.id} close={prompt.close} />}
    </Screen>
  );
}

function WhoTheyAre({ customer }: { readonly customer: Customer }): ReactNode {
  return (
    <>
      No. {customer.customerNumber} · {customer.prospect ? 'Prospect' : 'Customer'}
      {customer.createdOn !== null && (
        <>
          {' '}
          since <WhenText when={customer.createdOn} />
        </>
      )}
    </>
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
