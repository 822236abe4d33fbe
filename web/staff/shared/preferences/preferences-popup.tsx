import { Alert, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import dialog from '../dialog.module.css';
import { dialogAbove, useIsThere } from '../presence.ts';
import { useReturnFocus } from '../return-focus.tsx';
import { useSession } from '../session.ts';
import { ErrorState, LoadingState } from '../states.tsx';
import { EffectsNote } from './effects-note.tsx';
import { HowTheyToldUs } from './how-they-told-us.tsx';
import { PreferenceGrid } from './preference-grid.tsx';
import classes from './preferences.module.css';
import type { Preferences } from './preferences.ts';
import { columnsOf, preferencesQuery } from './preferences.ts';
import { ReadAloud } from './read-aloud.tsx';
import { reviewSentence } from './review-words.ts';
import { savingWords } from './saving-words.ts';
import type { PopupState } from './use-popup.ts';
import { usePopup } from './use-popup.ts';
import { WaysOut } from './ways-out.tsx';

interface PreferencesPopupProps {
  readonly customerId: string;
  readonly close: () => void;
}

/**
 * How may we keep in touch with this customer? One question, one hand: arrow keys move, Space ticks, digits say
 * how we were told, Enter saves, Escape closes and changes nothing. Every box starts unticked, always.
 */
export function PreferencesPopup({ customerId, close }: PreferencesPopupProps): ReactNode {
  useReturnFocus();
  const isBelow = useIsThere(dialogAbove);
  const { branch } = useSession();
  const { data, error, refetch } = useQuery(preferencesQuery(customerId, branch.code));
  const title =
    data === undefined
      ? 'How may we keep in touch?'
      : `How may we keep in touch with ${data.customer.shortName}?`;
  return (
    <Modal
      opened={true}
      onClose={close}
      closeOnEscape={!isBelow}
      title={title}
      size={data !== undefined && columnsOf(data).length > 2 ? '64rem' : '53rem'}
      // At once: whoever pressed a key does not wait for a dialog to float in.
      transitionProps={{ duration: 0 }}
      classNames={{ title: classes['title'] ?? '', content: `${classes['popup']} ${dialog['dialog']}` }}
      closeButtonProps={{ 'aria-label': 'Close and change nothing' }}
    >
      {/* Once somebody is being asked, a second look that fails takes nothing away that was ticked. */}
      {error !== null && data === undefined ? (
        <ErrorState error={error} tryAgain={() => void refetch()} />
      ) : data === undefined ? (
        // The focus waits here rather than on Close, where an early Enter would end what has not begun.
        <div tabIndex={-1} data-autofocus={true} className={classes['waiting']}>
          <LoadingState />
        </div>
      ) : (
        <Conversation held={data} close={close} />
      )}
    </Modal>
  );
}

function Conversation({
  held,
  close,
}: {
  readonly held: Preferences;
  readonly close: () => void;
}): ReactNode {
  const popup = usePopup(held, close);
  const { outcome } = popup.state;
  return outcome === null ? (
    <Questions held={held} popup={popup} />
  ) : (
    <EffectsNote name={held.customer.shortName} effects={outcome} close={close} />
  );
}

interface QuestionsProps {
  readonly held: Preferences;
  readonly popup: PopupState;
}

function Questions({ held, popup }: QuestionsProps): ReactNode {
  const { state, toggle, setMethod, save, saveByKey } = popup;
  return (
    <form
      noValidate={true}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        if (!event.repeat) void saveByKey();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="md">
        <Text c="dimmed" size="sm">
          {reviewSentence(held.review)}
        </Text>
        <Holds held={held} />
        <ReadAloud held={held} method={state.method} />
        <PreferenceGrid held={held} ticked={state.ticked} toggle={toggle} />
        <HowTheyToldUs
          name={held.customer.shortName}
          method={state.method}
          choose={setMethod}
          error={state.methodError}
        />
        <Stack gap="xs" className={dialog['waysOut'] ?? ''}>
          <Notes held={held} state={state} news={popup.news} />
          <WaysOut held={held} popup={popup} />
        </Stack>
      </Stack>
    </form>
  );
}

/** What has to be read before a way out is taken, beside the ways out so that it is seen at any height. */
function Notes({
  held,
  state,
  news,
}: Pick<QuestionsProps, 'held'> & Pick<PopupState, 'state' | 'news'>): ReactNode {
  const { ticked, method, problem, isEnterAsked } = state;
  return (
    <>
      {isEnterAsked && (
        <Alert color="yellow" variant="light" role="alert">
          <Text c="var(--text)">
            No box is ticked. Press Enter once more to record that {held.customer.shortName} said yes to none.
          </Text>
        </Alert>
      )}
      {news !== null && (
        <Alert color="yellow" variant="light" role="alert">
          <Text c="var(--text)">{news}</Text>
        </Alert>
      )}
      {problem !== null && (
        <Alert color="red" variant="light" role="alert">
          {problem}
        </Alert>
      )}
      {(isEnterAsked || ticked.size > 0 || method !== null) && (
        <Text size="sm" c="dimmed" aria-live="polite">
          {savingWords(held, ticked)}
        </Text>
      )}
    </>
  );
}

/** What stops contact whatever is ticked here, so that nobody promises otherwise. */
function Holds({ held }: { readonly held: Preferences }): ReactNode {
  const sentences = [
    ...(held.objectedAt === null
      ? []
      : ['All marketing was stopped. A box ticked now lifts that for this box alone.']),
    ...held.holds,
  ];
  if (sentences.length === 0) return null;
  return (
    <Alert color="red" variant="light" title="Contact is on hold">
      {sentences.map((sentence) => (
        <Text key={sentence} c="var(--text)" size="sm">
          {sentence}
        </Text>
      ))}
    </Alert>
  );
}
