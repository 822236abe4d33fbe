import { Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Screen } from '../../shared/screen.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { useCount } from './answers.ts';
import { ChannelAndCategory } from './channel-and-category.tsx';
import { CriteriaBuilder } from './criteria-builder.tsx';
import type { Draft } from './draft.ts';
import { draftOf, searchOf, selectionOf } from './draft.ts';
import { fieldsQuery } from './fields.ts';
import { Figures } from './figures.tsx';
import { MailshotActions } from './mailshot-actions.tsx';
import classes from './mailshots.module.css';
import type { SavedSelection } from './saved-selections.ts';
import { savedSelectionQuery } from './saved-selections.ts';
import type { MailshotSearch } from './search.ts';

// Most mailshots are counted without looking into them: who does waits for it.
const PeopleDrawer = lazy(async () => ({ default: (await import('./people-drawer.tsx')).PeopleDrawer }));

const newRoute = getRouteApi('/signed-in/mailshots/new');
const savedRoute = getRouteApi('/signed-in/mailshots/$id');

type Write = (search: MailshotSearch, replace: boolean) => void;

/** A mailshot that is kept nowhere yet but in its address. */
export function NewMailshotScreen(): ReactNode {
  const search = newRoute.useSearch();
  const navigate = newRoute.useNavigate();
  const write: Write = (next, replace) => void navigate({ search: next, replace, resetScroll: false });
  return <Mailshot saved={null} search={search} write={write} />;
}

/** A saved one; what was changed in it and not saved is in the address. */
export function MailshotScreen(): ReactNode {
  const { id } = savedRoute.useParams();
  const search = savedRoute.useSearch();
  const navigate = savedRoute.useNavigate();
  const { data, error, refetch } = useQuery(savedSelectionQuery(id));
  const write: Write = (next, replace) => void navigate({ search: next, replace, resetScroll: false });
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  return <Mailshot key={id} saved={data} search={search} write={write} />;
}

interface MailshotProps {
  readonly saved: SavedSelection | null;
  readonly search: MailshotSearch;
  readonly write: Write;
}

function Mailshot({ saved, search, write }: MailshotProps): ReactNode {
  const { who } = search;
  const [draft, setDraft] = useState<Draft>(() => firstDraft(saved, search));
  const [settled] = useDebouncedValue(draft, 250);
  const selection = useMemo(() => selectionOf(settled), [settled]);
  const isChanged = saved === null || !isSame(draft, draftOf(saved.selection));
  useAddress({
    settled,
    isChanged: saved === null || !isSame(settled, draftOf(saved.selection)),
    search,
    write,
  });
  const answer = useCount(selection);
  const fields = useQuery(fieldsQuery);
  const count = selection === null ? null : (answer.data?.count ?? null);
  const isSettled = settled === draft && !answer.isFetching && answer.error === null;
  return (
    <Screen
      title={saved?.name ?? 'New mailshot'}
      subtitle={<Whether saved={saved} isChanged={isChanged} />}
      actions={
        <MailshotActions
          saved={saved}
          selection={selectionOf(draft)}
          count={isSettled ? count : null}
          isChanged={isChanged}
          takeOver={(other) => setDraft(draftOf(other.selection))}
        />
      }
    >
      <div className={classes['grid']}>
        <Stack>
          <ChannelAndCategory draft={draft} change={setDraft} />
          {fields.error !== null && (
            <ErrorState error={fields.error} tryAgain={() => void fields.refetch()} />
          )}
          <CriteriaBuilder
            criteria={draft.criteria}
            change={(criteria) => setDraft((before) => ({ ...before, criteria }))}
            fields={fields.data ?? new Map()}
            plainEnglish={count?.plainEnglish ?? null}
          />
        </Stack>
        <Figures
          selection={selection}
          answer={answer}
          openPeople={(part) => write({ ...search, who: part }, false)}
        />
      </div>
      {who !== undefined && selection !== null && (
        <Suspense fallback={<LoadingState />}>
          <PeopleDrawer selection={selection} who={who} close={() => write(withoutPeople(search), true)} />
        </Suspense>
      )}
    </Screen>
  );
}

/** What the address says stands before what is saved: it is the same, changed by the one who looks at it. */
function firstDraft(saved: SavedSelection | null, search: MailshotSearch): Draft {
  const isInAddress = search.category !== undefined || search.channel !== undefined;
  return draftOf(saved === null || isInAddress ? search : saved.selection);
}

/** Keeps the draft in the address, so that it survives a reload, can be come back to, and can be shared. */
function useAddress({
  settled,
  isChanged,
  search,
  write,
}: {
  readonly settled: Draft;
  readonly isChanged: boolean;
  readonly search: MailshotSearch;
  readonly write: Write;
}): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows the draft, not the other way.
  useEffect(() => {
    const next = isChanged ? searchOf(settled) : {};
    if (JSON.stringify(next) === JSON.stringify(withoutPeople(search))) return;
    write({ ...next, ...(search.who === undefined ? {} : { who: search.who }) }, true);
  }, [settled, isChanged]);
}

function withoutPeople({ who: _who, ...search }: MailshotSearch): MailshotSearch {
  return search;
}

function isSame(one: Draft, other: Draft): boolean {
  return JSON.stringify(searchOf(one)) === JSON.stringify(searchOf(other));
}

function Whether({
  saved,
  isChanged,
}: {
  readonly saved: SavedSelection | null;
  readonly isChanged: boolean;
}): ReactNode {
  if (saved === null) return 'Not saved';
  return (
    <>
      Saved <WhenText when={saved.changedAt} withTime={true} />
      {isChanged && ', changed here since'}
    </>
  );
}
