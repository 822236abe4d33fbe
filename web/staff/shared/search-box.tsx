import { Combobox, Highlight, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { sentenceOf } from './api-problem.ts';
import type { CustomerHit } from './customer-search.ts';
import { howFound, nameOf, searchCustomers } from './customer-search.ts';
import { KeyHint } from './key-hint.tsx';
import classes from './search-box.module.css';
import { useMay } from './session.ts';
import { useShortcut } from './shortcut.ts';

const typeAheadMilliseconds = 150;

/** Finds a customer from anywhere: Ctrl K or slash, whatever is known of them, Enter. */
export function SearchBox(): ReactNode {
  const mayLook = useMay('customers:read');
  return mayLook ? <Search /> : <div className={classes['box']} />;
}

function Search(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), typeAheadMilliseconds);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { data, error, isFetching } = useQuery({
    queryKey: ['customers:search', asked],
    queryFn: ({ signal }) => searchCustomers(asked, 8, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    // why: what was looked for names a person; it is forgotten soon after the box is.
    gcTime: 60_000,
  });
  const focus = (): void => {
    input.current?.focus();
    input.current?.select();
  };
  useShortcut({ key: 'k', mod: true, whileTyping: true }, focus);
  useShortcut({ key: '/' }, focus);
  const open = (id: string): void => {
    setText('');
    combobox.closeDropdown();
    void navigate({ to: '/customers/$id', params: { id } });
  };
  const hits = asked === '' ? [] : (data ?? []);
  const isSettled = asked === text.trim() && !isFetching;
  return (
    <div className={classes['box']}>
      <Combobox store={combobox} onOptionSubmit={open} shadow="md" withinPortal={true}>
        <Combobox.Target>
          <TextInput
            ref={input}
            className={classes['input'] ?? ''}
            type="search"
            aria-label="Find a customer"
            aria-keyshortcuts="Control+K /"
            placeholder="Search name, phone, registration, postcode…"
            value={text}
            rightSection={isFetching ? <Loader size="xs" /> : null}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && combobox.getSelectedOptionIndex() === -1 && isSettled) {
                const only = hits.length === 1 ? hits[0] : undefined;
                if (only !== undefined) open(only.customerId);
                else combobox.selectFirstOption();
                event.preventDefault();
              }
              if (event.key === 'Escape') input.current?.blur();
            }}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={asked === ''}>
          <Combobox.Options mah="60vh" className={classes['options'] ?? ''}>
            {hits.map((hit) => (
              <Combobox.Option value={hit.customerId} key={hit.customerId}>
                <Hit hit={hit} text={asked} />
              </Combobox.Option>
            ))}
            {hits.length === 0 && (
              <Combobox.Empty>
                {error !== null ? sentenceOf(error) : isSettled ? 'Nobody was found.' : 'Looking…'}
              </Combobox.Empty>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <KeyHint>Ctrl K</KeyHint>
    </div>
  );
}

function Hit({ hit, text }: { readonly hit: CustomerHit; readonly text: string }): ReactNode {
  return (
    <>
      <Highlight highlight={text.split(' ')} fw={600} size="sm" color="petrol.1">
        {nameOf(hit)}
      </Highlight>
      <Text size="xs" c="dimmed">
        {[`No. ${hit.customerNumber}`, hit.postcode, howFound(hit)].filter(Boolean).join(' · ')}
      </Text>
    </>
  );
}
