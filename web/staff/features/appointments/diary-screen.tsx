import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { branchesQuery } from '../../shared/branches.ts';
import { nowOfBrowser } from '../../shared/clock.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { ButtonLink } from '../../shared/links.tsx';
import { Screen } from '../../shared/screen.tsx';
import { useMay, useSession } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { diaryQuery } from './appointments.ts';
import { mondayOf, plusDays, sayLongDay, todayIn } from './dates.ts';
import { DayView } from './day-view.tsx';
import type { DiarySearch } from './routes.ts';
import { WeekView } from './week-view.tsx';

const route = getRouteApi('/signed-in/diary');

/** Who comes to the workshop, when, and how much room is left: a day or a week of one branch. */
export function DiaryScreen(): ReactNode {
  const session = useSession();
  const navigate = route.useNavigate();
  const mayBook = useMay('appointments:write');
  const mayChangeHours = useMay('workshop:write');
  const today = todayIn(nowOfBrowser());
  const { view = 'day', on = today, branch = session.branch.code } = route.useSearch();
  const isWeek = view === 'week';
  const fromOn = isWeek ? mondayOf(on) : on;
  const { data, error, refetch } = useQuery(diaryQuery(branch, fromOn, isWeek ? 7 : 1));
  const go = (search: DiarySearch): void => {
    const next = { view, on, branch, ...search };
    void navigate({
      search: {
        ...(next.view === 'week' ? { view: 'week' } : {}),
        ...(next.on === today ? {} : { on: next.on }),
        ...(next.branch === session.branch.code ? {} : { branch: next.branch }),
      },
      replace: true,
    });
  };
  const title = isWeek ? `Week of ${sayLongDay(fromOn)}` : sayLongDay(on);
  return (
    <Screen
      title={title}
      documentTitle="Workshop diary"
      subtitle={data === undefined ? 'Workshop diary' : `Workshop diary, ${data.branchName}`}
      actions={
        <>
          {mayBook && <BookButton />}
          {mayChangeHours && (
            <ButtonLink to="/diary/hours" variant="default">
              Hours and capacity
            </ButtonLink>
          )}
        </>
      }
    >
      <Controls on={on} today={today} isWeek={isWeek} branch={branch} go={go} />
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && (isWeek ? <WeekView diary={data} today={today} /> : <DayView diary={data} />)}
    </Screen>
  );
}

function BookButton(): ReactNode {
  const navigate = route.useNavigate();
  useShortcut({ key: 'b' }, () => void navigate({ to: '/appointments/new' }));
  return (
    <ButtonLink to="/appointments/new" aria-keyshortcuts="B">
      Book a car in&nbsp;<KeyHint>B</KeyHint>
    </ButtonLink>
  );
}

interface ControlsProps {
  readonly on: string;
  readonly today: string;
  readonly isWeek: boolean;
  readonly branch: string;
  readonly go: (search: DiarySearch & { readonly view?: 'week' }) => void;
}

/** Which day, or week, of which branch; J and K go on and back, T is today, D and W change the view. */
function Controls({ on, today, isWeek, branch, go }: ControlsProps): ReactNode {
  const { data: branches = [] } = useQuery(branchesQuery);
  const step = isWeek ? 7 : 1;
  const navigate = route.useNavigate();
  const showDay = (): void => void navigate({ search: ({ view: _, ...search }) => search, replace: true });
  useShortcut({ key: 'j' }, () => go({ on: plusDays(on, step) }));
  useShortcut({ key: 'k' }, () => go({ on: plusDays(on, -step) }));
  useShortcut({ key: 't' }, () => go({ on: today }));
  useShortcut({ key: 'd' }, showDay);
  useShortcut({ key: 'w' }, () => go({ view: 'week' }));
  return (
    <Group justify="space-between" align="flex-end" mb="md" gap="sm">
      <Group gap="xs">
        <Button variant="default" onClick={() => go({ on: plusDays(on, -step) })} aria-keyshortcuts="K">
          {isWeek ? 'Week before' : 'Day before'}&nbsp;<KeyHint>K</KeyHint>
        </Button>
        <Button variant="default" onClick={() => go({ on: today })} aria-keyshortcuts="T">
          Today&nbsp;<KeyHint>T</KeyHint>
        </Button>
        <Button variant="default" onClick={() => go({ on: plusDays(on, step) })} aria-keyshortcuts="J">
          {isWeek ? 'Week after' : 'Day after'}&nbsp;<KeyHint>J</KeyHint>
        </Button>
        <Button.Group aria-label="View">
          <Button
            variant={isWeek ? 'default' : 'light'}
            aria-pressed={!isWeek}
            onClick={showDay}
            aria-keyshortcuts="D"
          >
            Day&nbsp;<KeyHint>D</KeyHint>
          </Button>
          <Button
            variant={isWeek ? 'light' : 'default'}
            aria-pressed={isWeek}
            onClick={() => go({ view: 'week' })}
            aria-keyshortcuts="W"
          >
            Week&nbsp;<KeyHint>W</KeyHint>
          </Button>
        </Button.Group>
      </Group>
      {branches.length > 1 && (
        <NativeSelect
          label="Branch"
          value={branch}
          data={branches.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(event) => go({ branch: event.currentTarget.value })}
        />
      )}
      <Text size="sm" c="dimmed" w="100%">
        Drag a card to move it, or press M on it. Enter opens it.
      </Text>
    </Group>
  );
}
