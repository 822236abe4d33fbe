import { Grid, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ReachCard } from '../../shared/contact-permissions/reach-card.tsx';
import { KeptVehicles } from '../../shared/kept-vehicles.tsx';
import { ScreenLink } from '../../shared/links.tsx';
import { CareNotes } from '../../shared/notes/care-notes.tsx';
import { PreferencesPanel } from '../../shared/preferences/preferences-panel.tsx';
import { PreferencesPopup } from '../../shared/preferences/preferences-popup.tsx';
import { useReviewPrompt } from '../../shared/preferences/use-review-prompt.ts';
import { Screen } from '../../shared/screen.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { AppointmentActions } from './appointment-actions.tsx';
import type { Appointment } from './appointments.ts';
import { appointmentQuery, carWords, meanwhileWords, workWords } from './appointments.ts';
import { sayLongDay, sayTime } from './dates.ts';
import { HealthCheckCard } from './health-check-card.tsx';
import { OverCapacityNote } from './over-capacity.tsx';
import { StatusSteps } from './status-steps.tsx';

const route = getRouteApi('/signed-in/appointments/$id');

/** One appointment: where the car stands, what is done, what was found, and whether we may contact its keeper. */
export function AppointmentScreen(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(appointmentQuery(id));
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  return <Details key={data.id} appointment={data} />;
}

function Details({ appointment }: { readonly appointment: Appointment }): ReactNode {
  const { customerId, displayName, vehicle, arrivesOn, arrivalTime, branchName, branch } = appointment;
  const prompt = useReviewPrompt(customerId, 'appointment');
  return (
    <Screen
      title={carWords(vehicle)}
      documentTitle="Appointment"
      subtitle={
        <>
          <ScreenLink to="/customers/$id" params={{ id: customerId }}>
            {displayName}
          </ScreenLink>{' '}
          ·{' '}
          <ScreenLink to="/diary" search={{ on: arrivesOn, branch }}>
            {sayLongDay(arrivesOn)} at {sayTime(arrivalTime)}, {branchName}
          </ScreenLink>
        </>
      }
      actions={<AppointmentActions appointment={appointment} prompt={prompt} />}
    >
      <CareNotes customerId={customerId} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack>
            <StatusSteps appointment={appointment} />
            <Work appointment={appointment} />
            <HealthCheckCard appointment={appointment} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack>
            <ReachCard customerId={customerId} />
            <KeptVehicles customerId={customerId} shortcut="n" aboutId={vehicle.vehicleId} />
            <PreferencesPanel customerId={customerId} />
          </Stack>
        </Grid.Col>
      </Grid>
      {prompt.isOpen && <PreferencesPopup customerId={customerId} close={prompt.close} />}
    </Screen>
  );
}

function Work({ appointment }: { readonly appointment: Appointment }): ReactNode {
  const { jobs, meanwhile, adviserName, notes, bookedByName } = appointment;
  return (
    <Paper component="section" aria-label="What it is here for">
      <Title order={2}>What it is here for</Title>
      <Text mt="xs">{workWords(jobs)}</Text>
      <Text c="dimmed" size="sm">
        {meanwhileWords[meanwhile]} ·{' '}
        {adviserName === null ? 'no adviser yet' : `looked after by ${adviserName}`} · booked by{' '}
        {bookedByName}
      </Text>
      <OverCapacityNote {...appointment} />
      {notes !== null && (
        <Text mt="xs" style={{ whiteSpace: 'pre-wrap' }}>
          {notes}
        </Text>
      )}
    </Paper>
  );
}
