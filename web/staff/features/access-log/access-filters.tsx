import { Button, Group, NativeSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { AccessActors, AccessKind } from '../../../../src/features/access/log/contract.ts';
import { read } from '../../shared/api.ts';
import type { AccessSearch } from './search.ts';
import { kindWords } from './search.ts';

interface AccessFiltersProps {
  readonly search: AccessSearch;
  readonly change: (search: AccessSearch) => void;
}

const groupWords = { staff: 'Staff', api_key: 'Programs', system: 'Navigator' } as const;

/** Whose looks, at whom, of which kind, and from when until when. */
export function AccessFilters({ search, change }: AccessFiltersProps): ReactNode {
  const { data } = useQuery({
    queryKey: ['/access-actors'],
    queryFn: ({ signal }) => read<AccessActors>('/access-actors', { signal }),
  });
  const actors = data?.actors ?? [];
  const set = (part: Partial<Record<keyof AccessSearch, string | null>>): void => {
    const wanted = Object.entries({ ...search, ...part }).filter(([, value]) => value);
    change(Object.fromEntries(wanted) as AccessSearch);
  };
  return (
    <Group align="flex-end" gap="sm" mb="md">
      <Select
        label="Who looked"
        placeholder="Anybody"
        searchable={true}
        clearable={true}
        clearButtonProps={{ 'aria-label': 'Anybody' }}
        nothingFoundMessage="Nobody of that name"
        data={Object.entries(groupWords).map(([kind, group]) => ({
          group,
          items: actors
            .filter((each) => each.kind === kind)
            .map(({ id, name }) => ({ value: id, label: name })),
        }))}
        value={actors.some(({ id }) => id === search.actor) ? (search.actor ?? null) : null}
        onChange={(actor) => set({ actor })}
      />
      <CustomerField search={search} set={(customer) => set({ customer })} />
      <NativeSelect
        label="What they did"
        value={search.kind ?? ''}
        data={[
          { value: '', label: 'Anything' },
          ...Object.entries(kindWords).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => set({ kind: event.currentTarget.value as AccessKind | '' })}
      />
      <TextInput
        label="From"
        type="date"
        value={search.from ?? ''}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        label="Until"
        type="date"
        value={search.until ?? ''}
        onChange={(event) => set({ until: event.currentTarget.value })}
      />
    </Group>
  );
}

/** A number is asked for when it is whole: each question is an entry of the log. */
function CustomerField({
  search: { customer },
  set,
}: {
  readonly search: AccessSearch;
  readonly set: (customer: string | null) => void;
}): ReactNode {
  // A record leads here with its id, which tells nobody anything.
  const isById = customer !== undefined && !customer.startsWith('no:');
  const [number, setNumber] = useState(customer?.startsWith('no:') ? customer.slice(3) : '');
  if (isById) {
    return (
      <Button variant="default" onClick={() => set(null)}>
        One customer only: show everybody
      </Button>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set(number.trim() === '' ? null : `no:${number.trim()}`);
      }}
    >
      <Group align="flex-end" gap={4} wrap="nowrap">
        <TextInput
          label="Customer number"
          autoComplete="off"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          Find
        </Button>
      </Group>
    </form>
  );
}
