import { Button, Paper, Table, Text, VisuallyHidden } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { KeyHint } from '../../shared/key-hint.tsx';
import { ButtonLink, ScreenLink } from '../../shared/links.tsx';
import { usePages } from '../../shared/paging.ts';
import { Screen } from '../../shared/screen.tsx';
import { useShortcut } from '../../shared/shortcut.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import type { SavedSelection, SavedSelectionPage } from './saved-selections.ts';
import { forget, nowForgotten, nowSaved, savedSelectionsPath, saveNew } from './saved-selections.ts';
import { channelWords, purposeWords } from './words.ts';

/** The selections that are kept, and the way to a new one. */
export function MailshotsScreen(): ReactNode {
  const navigate = useNavigate();
  const pages = usePages<SavedSelectionPage>(savedSelectionsPath);
  const { data, error, refetch } = pages;
  useShortcut({ key: 'n' }, () => void navigate({ to: '/mailshots/new' }));
  const saved = data?.pages.flatMap((page) => page.savedSelections) ?? [];
  const newMailshot = (
    <ButtonLink to="/mailshots/new" aria-keyshortcuts="N">
      New mailshot&nbsp;<KeyHint>N</KeyHint>
    </ButtonLink>
  );
  return (
    <Screen
      title="Mailshots"
      subtitle="Whom to write to, text or call, and who is left out and why."
      actions={saved.length > 0 ? newMailshot : undefined}
    >
      <Paper component="section" aria-label="Saved mailshots">
        {error !== null ? (
          <ErrorState error={error} tryAgain={() => void refetch()} />
        ) : data === undefined ? (
          <LoadingState />
        ) : saved.length === 0 ? (
          <EmptyState title="No mailshot is kept yet" action={newMailshot}>
            Say what it is, how it goes and who it is for: the figures come as you choose. Keep it under a
            name to use it again; the question is kept, never the people.
          </EmptyState>
        ) : (
          <SavedTable saved={saved} />
        )}
        <ShowMore pages={pages} />
      </Paper>
    </Screen>
  );
}

function SavedTable({ saved }: { readonly saved: readonly SavedSelection[] }): ReactNode {
  const queries = useQueryClient();
  const bringBack = async ({ name, selection }: SavedSelection): Promise<void> => {
    try {
      await nowSaved(queries, await saveNew(name, selection));
    } catch (error) {
      sayFailed(error);
    }
  };
  const remove = async (one: SavedSelection): Promise<void> => {
    try {
      await forget(one);
      await nowForgotten(queries, one.id);
      sayDone(`“${one.name}” is removed. What was made with it stays on record.`, {
        act: () => void bringBack(one),
      });
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <Table highlightOnHover={true}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th visibleFrom="sm">What and how</Table.Th>
          <Table.Th visibleFrom="sm">Last changed</Table.Th>
          <Table.Th w="6rem">
            <VisuallyHidden>Remove</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {saved.map((one) => (
          <Table.Tr key={one.id}>
            <Table.Td>
              <ScreenLink to="/mailshots/$id" params={{ id: one.id }} fw={600}>
                {one.name}
              </ScreenLink>
              <Text size="sm" c="dimmed">
                {one.plainEnglish}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              {purposeWords[one.selection.category]}
              <Text size="sm" c="dimmed">
                {channelWords[one.selection.channel]}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <WhenText when={one.changedAt} withTime={true} />
            </Table.Td>
            <Table.Td ta="right">
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={`Remove ${one.name}`}
                onClick={() => void remove(one)}
              >
                Remove
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
