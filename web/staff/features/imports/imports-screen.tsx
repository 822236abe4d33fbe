import { Button, Paper, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { nowOfBrowser } from '../../shared/clock.ts';
import { ButtonLink, ScreenLink } from '../../shared/links.tsx';
import { sayNumber } from '../../shared/numbers.ts';
import { usePages } from '../../shared/paging.ts';
import { moveByRow } from '../../shared/row-keys.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { forgetDraft, readDrafts } from './drafts.ts';
import { ImportState } from './import-state.tsx';
import type { Import, ImportPage } from './imports.ts';
import { stateWords } from './imports.ts';
import { useNewImport } from './use-new-import.ts';

/** What was brought in from elsewhere, how far it is, and the way to bring in more. */
export function ImportsScreen(): ReactNode {
  const pages = usePages<ImportPage>('/imports');
  const { data, error, refetch } = pages;
  const begin = useNewImport();
  useShortcut({ key: 'n' }, begin);
  const imports = data?.pages.flatMap((page) => page.imports) ?? [];
  return (
    <Screen
      title="Import and upgrade"
      subtitle="Customers and vehicles from Navigator 2.0 or another system. Every import can be taken back."
      actions={
        <Button onClick={begin} aria-keyshortcuts="N">
          Import files
        </Button>
      }
    >
      <Drafts />
      <Paper component="section" aria-label="Imports">
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {data === undefined && error === null && <LoadingState />}
        {data !== undefined && imports.length === 0 && (
          <EmptyState title="Nothing was imported yet" action={<Button onClick={begin}>Import files</Button>}>
            Export customers.csv and vehicles.csv from the old system. Nothing changes before you have seen
            what would.
          </EmptyState>
        )}
        {imports.length > 0 && <ImportTable imports={imports} />}
        <ShowMore pages={pages} />
      </Paper>
    </Screen>
  );
}

/** Prepared in this browser and not begun. */
function Drafts(): ReactNode {
  const { user } = useSession();
  const [drafts, setDrafts] = useState(() => readDrafts(user.id, nowOfBrowser()));
  if (drafts.length === 0) return null;
  return (
    <Paper component="section" mb="md">
      <Title order={2} mb="xs">
        Not begun yet
      </Title>
      {drafts.map((draft) => {
        const name = [draft.customers?.name, draft.vehicles?.name].filter(Boolean).join(' and ');
        return (
          <Text key={draft.id} component="div" mt={4}>
            {name || 'No file chosen'}, prepared <WhenText when={draft.begunAt} withTime={true} />{' '}
            <ButtonLink
              to="/imports/new"
              search={{ draft: draft.id }}
              size="compact-sm"
              variant="default"
              ml="xs"
              aria-label={`Go on with ${name || 'the import'}`}
            >
              Go on
            </ButtonLink>{' '}
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={`Forget ${name || 'the import'}`}
              onClick={() => {
                forgetDraft(user.id, draft.id, nowOfBrowser());
                setDrafts(readDrafts(user.id, nowOfBrowser()));
              }}
            >
              Forget it
            </Button>
          </Text>
        );
      })}
    </Paper>
  );
}

function ImportTable({ imports }: { readonly imports: readonly Import[] }): ReactNode {
  return (
    <Table highlightOnHover={true}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Begun</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th ta="right">Customers</Table.Th>
          <Table.Th ta="right" visibleFrom="sm">
            Vehicles
          </Table.Th>
          <Table.Th ta="right" visibleFrom="sm">
            Rejected
          </Table.Th>
          <Table.Th visibleFrom="sm">By</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody onKeyDown={moveByRow}>
        {imports.map((each) => (
          <Table.Tr key={each.importId}>
            <Table.Td>
              <ScreenLink to="/imports/$id" params={{ id: each.importId }} data-row={true}>
                <WhenText when={each.startedAt} withTime={true} />
              </ScreenLink>
            </Table.Td>
            <Table.Td>
              <ImportState state={each}>{stateWords(each)}</ImportState>
            </Table.Td>
            <Table.Td ta="right">{sayNumber(each.totals.customers.created)}</Table.Td>
            <Table.Td ta="right" visibleFrom="sm">
              {sayNumber(each.totals.vehicles.created)}
            </Table.Td>
            <Table.Td ta="right" visibleFrom="sm">
              {sayNumber(each.totals.customers.rejected + each.totals.vehicles.rejected)}
            </Table.Td>
            <Table.Td visibleFrom="sm">{each.startedByName}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
