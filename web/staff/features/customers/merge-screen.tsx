import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { nameOf } from '../../shared/customer-search.ts';
import { ButtonLink } from '../../shared/links.tsx';
import { Screen } from '../../shared/screen.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { customerQuery } from './customer.ts';
import { MergeDetails } from './merge-details.tsx';
import { MergePoints } from './merge-points.tsx';
import { MergePreview } from './merge-preview.tsx';
import type { MergedRecords, MergeWishes } from './merging.ts';
import { dryRunQuery, mergeThem } from './merging.ts';

const route = getRouteApi('/signed-in/customers/$id/merge/$other');

/** Two records side by side: what stays of each, and who may be contacted afterwards, before anything is done. */
export function MergeScreen(): ReactNode {
  const { id, other } = route.useParams();
  const survivor = useQuery(customerQuery(id));
  const absorbed = useQuery(customerQuery(other));
  const error = survivor.error ?? absorbed.error;
  if (error !== null) {
    const tryAgain = (): void => void Promise.all([survivor.refetch(), absorbed.refetch()]);
    return <ErrorState error={error} tryAgain={tryAgain} />;
  }
  if (survivor.data === undefined || absorbed.data === undefined) return <LoadingState />;
  return <SideBySide key={`${id} ${other}`} survivor={survivor.data} absorbed={absorbed.data} />;
}

function SideBySide(records: MergedRecords): ReactNode {
  const { survivor, absorbed } = records;
  const [wishes, setWishes] = useState<MergeWishes>({ choices: {}, leaveOut: [] });
  const { data, error, isPlaceholderData, refetch } = useQuery(dryRunQuery(records, wishes));
  return (
    <Screen
      title="Two records side by side"
      subtitle={`No. ${survivor.customerNumber} stays; no. ${absorbed.customerNumber} becomes part of it.`}
      actions={
        <ButtonLink
          to="/customers/$id/merge/$other"
          params={{ id: absorbed.id, other: survivor.id }}
          variant="default"
        >
          Let no. {absorbed.customerNumber} stay instead
        </ButtonLink>
      }
    >
      <Stack>
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {data === undefined && error === null && <LoadingState />}
        {data !== undefined && error === null && (
          <>
            <MergeDetails {...records} details={data.details} wishes={wishes} wish={setWishes} />
            <MergePoints {...records} wishes={wishes} wish={setWishes} />
            <MergePreview {...records} outcome={data} isOld={isPlaceholderData} />
          </>
        )}
        <WaysOut
          {...records}
          wishes={wishes}
          isKnown={data !== undefined && error === null && !isPlaceholderData}
        />
      </Stack>
    </Screen>
  );
}

interface WaysOutProps extends MergedRecords {
  readonly wishes: MergeWishes;
  /** What follows of this choice is on screen: nothing is merged unseen. */
  readonly isKnown: boolean;
}

function WaysOut({ survivor, absorbed, wishes, isKnown }: WaysOutProps): ReactNode {
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const [isMerging, setMerging] = useState(false);
  const merge = async (): Promise<void> => {
    setMerging(true);
    try {
      await mergeThem({ survivor, absorbed }, wishes);
      await navigate({ to: '/customers/$id', params: { id: survivor.id } });
      sayDone(`The other record is part of ${nameOf(survivor)} now; both histories are kept.`);
      await queries.invalidateQueries({ queryKey: ['/customers'] });
    } catch (error) {
      sayFailed(error);
      setMerging(false);
    }
  };
  return (
    <>
      <Text>
        Both histories stay readable for ever. A merge cannot be undone: where it is not certain, leave the
        two as they are.
      </Text>
      <Group>
        <Button color="red.9" loading={isMerging} disabled={!isKnown} onClick={() => void merge()}>
          Merge the two
        </Button>
        <ButtonLink to="/customers/$id" params={{ id: survivor.id }} variant="default">
          Leave them as they are
        </ButtonLink>
      </Group>
    </>
  );
}
