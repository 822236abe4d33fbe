import { Button, Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { enquirySubject } from '../../../../src/domain/enquiry.ts';
import { ReachCard } from '../../shared/contact-permissions/reach-card.tsx';
import { KeptVehicles } from '../../shared/kept-vehicles.tsx';
import { KeyHint } from '../../shared/key-hint.tsx';
import { ButtonLink } from '../../shared/links.tsx';
import { CareNotes } from '../../shared/notes/care-notes.tsx';
import { PreferencesPanel } from '../../shared/preferences/preferences-panel.tsx';
import { PreferencesPopup } from '../../shared/preferences/preferences-popup.tsx';
import { StopAllMarketing } from '../../shared/preferences/stop-all-marketing.tsx';
import { useReviewPrompt } from '../../shared/preferences/use-review-prompt.ts';
import { Screen } from '../../shared/screen.tsx';
import { useMay } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { TasksCard } from '../../shared/tasks/tasks-card.tsx';
import { AnswersCard } from './answers-card.tsx';
import { DetailsCard, HistoryCard } from './details-card.tsx';
import { EditEnquiryDialog } from './edit-enquiry-dialog.tsx';
import type { Enquiry } from './enquiries.ts';
import { enquiryQuery } from './enquiries.ts';
import { NotesCard } from './notes-card.tsx';
import { StageCard } from './stage-card.tsx';
import { WebCard } from './web-card.tsx';

const route = getRouteApi('/signed-in/enquiries/$id');

/** One enquiry: what is done next, whether we may answer, and whether we may contact them about anything else. */
export function EnquiryScreen(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(enquiryQuery(id));
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  return <EnquiryRecord key={data.id} enquiry={data} />;
}

function EnquiryRecord({ enquiry }: { readonly enquiry: Enquiry }): ReactNode {
  const mayChange = useMay('enquiries:write');
  const prompt = useReviewPrompt(enquiry.customerId, 'enquiry');
  const mayTask = useMay('tasks');
  const [editing, setEditing] = useState<'all' | 'action' | null>(null);
  useShortcut({ key: 'e' }, () => setEditing('all'), mayChange);
  useShortcut({ key: 'n' }, () => setEditing('action'), mayChange && enquiry.open);
  useShortcut({ key: 'r' }, prompt.open, prompt.mayOpen);
  return (
    <Screen
      title={enquiry.displayName}
      documentTitle="Sales enquiry"
      subtitle={`Wants ${enquirySubject(enquiry)} · No. ${enquiry.customerNumber} · ${enquiry.branchName}`}
      actions={
        <>
          {mayChange && (
            <Button onClick={() => setEditing('all')} aria-keyshortcuts="E">
              Edit&nbsp;<KeyHint>E</KeyHint>
            </Button>
          )}
          {prompt.mayOpen && (
            <Button variant="default" onClick={prompt.open} aria-keyshortcuts="R">
              Review preferences&nbsp;<KeyHint>R</KeyHint>
            </Button>
          )}
          <ButtonLink variant="default" to="/customers/$id" params={{ id: enquiry.customerId }}>
            Open their record
          </ButtonLink>
          <StopAllMarketing customerId={enquiry.customerId} name={enquiry.displayName} />
        </>
      }
    >
      <CareNotes customerId={enquiry.customerId} />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack>
            <StageCard enquiry={enquiry} mayChange={mayChange} planNext={() => setEditing('action')} />
            <AnswersCard enquiry={enquiry} mayWrite={mayChange} />
            {enquiry.web !== null && <WebCard lead={enquiry.web} />}
            <PreferencesPanel customerId={enquiry.customerId} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack>
            <ReachCard customerId={enquiry.customerId} />
            <KeptVehicles customerId={enquiry.customerId} shortcut="o" />
            <DetailsCard enquiry={enquiry} />
            {mayTask && (
              <TasksCard
                customerId={enquiry.customerId}
                about={{ enquiryId: enquiry.id, words: `the enquiry of ${enquiry.displayName}` }}
                mayAdd={true}
              />
            )}
            <NotesCard enquiry={enquiry} mayWrite={mayChange} />
            <HistoryCard enquiry={enquiry} />
          </Stack>
        </Grid.Col>
      </Grid>
      {editing !== null && (
        <EditEnquiryDialog enquiry={enquiry} part={editing} close={() => setEditing(null)} />
      )}
      {prompt.isOpen && <PreferencesPopup customerId={enquiry.customerId} close={prompt.close} />}
    </Screen>
  );
}
