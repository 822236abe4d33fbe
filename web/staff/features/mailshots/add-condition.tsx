import type { ComboboxItem, OptionsFilter } from '@mantine/core';
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
      onChange={(value) => {
        const field = selectionFieldNames.find((name) => name === value);
        if (field !== undefined) add(field);
        setSearch('');
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
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return options
    .map((option) =>
      'group' in option ? { ...option, items: option.items.filter((item) => isMeant(item, words)) } : option,
    )
    .filter((option) => ('group' in option ? option.items.length > 0 : isMeant(option, words)));
};

function isMeant({ value, label }: ComboboxItem, words: readonly string[]): boolean {
  const field = selectionFieldNames.find((name) => name === value);
  const text = `${label} ${field === undefined ? '' : otherWords[field]}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
