import type { OptionsFilter } from '@mantine/core';
import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import type { SelectionFieldName } from '../../../../src/domain/selection-fields.ts';
import { fieldOf, selectionFieldNames } from '../../../../src/domain/selection-fields.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { otherWords } from './fields.ts';

interface AddConditionProps {
  readonly add: (field: SelectionFieldName) => void;
  /** The one that the key A leads to. */
  readonly isFirst: boolean;
}

/** Adds a condition: type what it is about, in one's own words. */
export function AddCondition({ add, isFirst }: AddConditionProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  useShortcut({ key: 'a' }, () => input.current?.focus(), isFirst);
  const choose = (value: string | null): void => {
    const field = selectionFieldNames.find((name) => name === value);
    if (field === undefined) return;
    add(field);
    setSearch('');
  };
  return (
    <Select
      ref={input}
      w={240}
      aria-label="Add a condition"
      aria-keyshortcuts={isFirst ? 'A' : undefined}
      placeholder="Add a condition…"
      data={groups}
      value={null}
      searchable={true}
      searchValue={search}
      onSearchChange={setSearch}
      selectFirstOptionOnChange={true}
      filter={byPlainWords}
      nothingFoundMessage="Nothing is called that: try other words."
      maxDropdownHeight={360}
      onChange={choose}
      onKeyDown={(event) => {
        // Whoever types faster than the list opens means the first one of it.
        const isChosen = event.currentTarget.getAttribute('aria-activedescendant') !== null;
        if (event.key !== 'Enter' || isChosen || search.trim() === '') return;
        event.preventDefault();
        choose(selectionFieldNames.find((name) => isMeant(name, wordsOf(search))) ?? null);
      }}
    />
  );
}

const groups = (['person', 'vehicle'] as const).map((about) => ({
  group: about === 'person' ? 'The customer' : 'A vehicle they keep',
  items: selectionFieldNames
    .filter((name) => fieldOf(name).about === about)
    .map((name) => ({ value: name as string, label: fieldOf(name).label as string })),
}));

const byPlainWords: OptionsFilter = ({ options, search }) => {
  const words = wordsOf(search);
  return options
    .map((option) =>
      'group' in option
        ? { ...option, items: option.items.filter(({ value }) => isMeant(value, words)) }
        : option,
    )
    .filter((option) => ('group' in option ? option.items.length > 0 : isMeant(option.value, words)));
};

function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

function isMeant(value: string, words: readonly string[]): boolean {
  const field = selectionFieldNames.find((name) => name === value);
  if (field === undefined) return false;
  const text = `${fieldOf(field).label} ${otherWords[field]}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
