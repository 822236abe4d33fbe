import { Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy, useState } from 'react';
import { nameOf } from '../../shared/customer-search.ts';
import { sayMonthAndYear } from '../../shared/days.ts';
import { CareNotes } from '../../shared/notes/care-notes.tsx';
import { preferencesQuery } from '../../shared/preferences/preferences.ts';
import { PreferencesPanel } from '../../shared/preferences/preferences-panel.tsx';
import { PreferencesPopup } from '../../shared/preferences/preferences-popup.tsx';
import { useReviewPrompt } from '../../shared/preferences/use-review-prompt.ts';
import { DialogOnDemand } from '../../shared/return-focus.tsx';
import { Screen } from '../../shared/screen.tsx';
import { useMay, useSession } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { ContactPointsCard } from './contact-points-card.tsx';
import type { Customer } from './customer.ts';
import { customerQuery, kindWords } from './customer.ts';
import { ForecastCard } from './forecast-card.tsx';
import { MergedNotice } from './merged-notice.tsx';
import { NotesCard } from './notes-card.tsx';
import { PairsNotice } from './pairs-notice.tsx';
import { RecordActions } from './record-actions.tsx';
import { RecordTasks } from './record-tasks.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { VehiclesCard } from './vehicles-card.tsx';

// Loaded when it is wanted, since everybody waits for what comes first.
const EditCustomerDialog = lazy(async () => ({
  default: (await import('./edit-customer-dialog.tsx')).EditCustomerDialog,
}));

const route = getRouteApi('/signed-in/customers/$id');

/** One customer: whether they may be contacted, what they drive, how they are reached, and what happened. */
export function CustomerScreen(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(customerQuery(id));
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  return <CustomerRecord key={data.id} customer={data} />;
}

function CustomerRecord({ customer }: { readonly customer: Customer }): ReactNode {
  const { entry = null } = route.useSearch();
  const mayChange = useMay('customers:write') && customer.mergedIntoId === null;
  const mayTask = useMay('tasks');
  const [isEditing, setEditing] = useState(false);
  const { branch } = useSession();
  const { data: held = null } = useQuery(preferencesQuery(customer.id, branch.code));
  const prompt = useRecordPrompt(customer);
  // A record that was updated asks, as one that was created does; not where it was put off for today.
  const updated = (): void => {
    if (held?.prompt.restingUntil == null && prompt.mayOpen) prompt.open();
  };
  return (
    <Screen
      title={nameOf(customer)}
      documentTitle={`Customer ${customer.customerNumber}`}
      subtitle={whoTheyAre(customer, held?.customer.memberSince ?? customer.createdOn)}
      actions={
        <RecordActions
          customer={customer}
          review={prompt.mayOpen ? prompt.open : null}
          edit={mayChange ? () => setEditing(true) : null}
        />
      }
    >
      <MergedNotice customer={customer} />
      <CareNotes customerId={customer.id} />
      <PairsNotice customer={customer} mayChange={mayChange} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack>
            <PreferencesPanel customerId={customer.id} />
            <NotesCard customerId={customer.id} mayWrite={mayChange} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack>
            {mayTask && <RecordTasks customer={customer} />}
            <VehiclesCard customer={customer} held={held} mayChange={mayChange} />
            <ContactPointsCard customer={customer} mayChange={mayChange} updated={updated} />
          </Stack>
        </Grid.Col>
      </Grid>
      {customer.mergedIntoId === null && <ForecastCard customerId={customer.id} />}
      <TimelineCard customerId={customer.id} wanted={entry} />
      {isEditing && (
        <DialogOnDemand>
          <EditCustomerDialog customer={customer} close={() => setEditing(false)} updated={updated} />
        </DialogOnDemand>
      )}
      {prompt.isOpen && <PreferencesPopup customerId={customer.id} close={prompt.close} />}
    </Screen>
  );
}

/**
 * The pop-up of this record, while it is in use. Once it is closed, loading the page again does not open what was
 * asked for in the address.
 */
function useRecordPrompt({ id, mergedIntoId }: Customer): ReturnType<typeof useReviewPrompt> {
  const { preferences } = route.useSearch();
  const navigate = route.useNavigate();
  const prompt = useReviewPrompt(id, 'record', preferences === 'open');
  const isInUse = mergedIntoId === null;
  return {
    ...prompt,
    mayOpen: prompt.mayOpen && isInUse,
    isOpen: prompt.isOpen && isInUse,
    close: () => {
      prompt.close();
      if (preferences === undefined) return;
      void navigate({
        search: ({ preferences: _, ...search }) => search,
        replace: true,
        resetScroll: false,
      });
    },
  };
}

function whoTheyAre({ customerNumber, kind, prospect }: Customer, since: string | null): string {
  const standing = prospect ? 'prospect' : 'customer';
  return [
    `No. ${customerNumber}`,
    kindWords[kind],
    since === null ? standing : `${standing} since ${sayMonthAndYear(since)}`,
  ].join(' · ');
}
