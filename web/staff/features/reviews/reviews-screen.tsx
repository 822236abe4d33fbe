import { Group, Paper, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { AdviserFilter, BranchFilter } from './review-filters.tsx';
import { FoundInQueue, WholeQueue } from './review-lists.tsx';
import { ReviewViews } from './review-views.tsx';
import type { ReviewSearch } from './search.ts';

const route = getRouteApi('/signed-in/reviews');
const typingMilliseconds = 200;

/** Whose preferences are to be gone through again: due this week, overdue, or never since the upgrade. */
export function ReviewsScreen(): ReactNode {
  const session = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { status = 'this_week', branch = session.branch.code, adviser } = search;
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text.trim(), typingMilliseconds);
  const choose = (next: ReviewSearch): void => void navigate({ search: next, replace: true });
  const { adviser: _, ...ofEverybody } = search;
  const queue = { status, branch, adviser, search: { ...search, branch } };
  return (
    <Screen
      title="Reviews due"
      subtitle="Whom to ask again how we may keep in touch. Opening somebody opens the question."
    >
      <ReviewViews chosen="/reviews" search={{ ...search, branch }} />
      <Paper component="section" aria-label="The queue" mt="md">
        <Group align="flex-end" gap="sm" mb="md">
          <TextInput
            type="search"
            label="Find in this queue"
            placeholder="Name or number"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <BranchFilter branch={branch} choose={(code) => choose({ ...ofEverybody, branch: code })} />
          <AdviserFilter
            branch={branch}
            adviser={adviser}
            choose={(id) => choose(id === undefined ? ofEverybody : { ...search, adviser: id })}
          />
        </Group>
        <WholeQueue {...queue} isHidden={typed.length > 1} />
        {typed.length > 1 && <FoundInQueue {...queue} text={typed} />}
      </Paper>
    </Screen>
  );
}
