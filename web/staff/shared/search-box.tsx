import { Highlight, Loader, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { KeyboardEvent, ReactNode } from 'react';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import { sentenceOf } from './api-problem.ts';
import type { CustomerHit } from './customer-search.ts';
import { handTypedText, howFound, nameOf, searchCustomers } from './customer-search.ts';
import { KeyHint } from './key-hint.tsx';
import classes from './search-box.module.css';
import { useMay } from './session.ts';
import { useShortcut } from './shortcut.ts';

// Loaded when it is wanted, since everybody waits for what comes first.
const Reach = lazy(async () => ({
  default: (await import('./contact-permissions/permission-marks.tsx')).Reach,
}));

const typeAheadMilliseconds = 150;
const hitsMax = 8;

/** Finds a customer from anywhere: Ctrl K or slash, whatever is known of them, Enter. Whoever is not there is entered by it. */
export function SearchBox(): ReactNode {
  const mayLook = useMay('customers:read');
  return mayLook ? <Search /> : <div className={classes['box']} />;
}

function useHits(text: string) {
  const [asked] = useDebouncedValue(text.trim(), typeAheadMilliseconds);
  const { data, error, isFetching } = useQuery({
    queryKey: ['customers:search', asked],
    queryFn: ({ signal }) => searchCustomers(asked, hitsMax, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    // why: what was looked for names a person; it is forgotten soon after the box is.
    gcTime: 60_000,
  });
  const isSettled = asked === text.trim() && !isFetching;
  return { asked, hits: asked === '' ? [] : (data ?? []), error, isFetching, isSettled };
}

function Search(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const { asked, hits, error, isFetching, isSettled } = useHits(text);
  const focus = (): void => {
    input.current?.focus();
    input.current?.select();
  };
  useShortcut({ key: 'k', mod: true, whileTyping: true }, focus);
  useShortcut({ key: '/' }, focus);
  const open = ({ customerId }: CustomerHit): void => {
    setText('');
    setOpen(false);
    void navigate({ to: '/customers/$id', params: { id: customerId } });
  };
  const isNobody = isSettled && asked !== '' && hits.length === 0 && error === null;
  const enter = useEntering(() => setText(''));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const chosen = hits[active] ?? (hits.length === 1 && isSettled ? hits[0] : undefined);
    if (event.key === 'Escape') input.current?.blur();
    else if (event.key === 'Enter' && isNobody) enter?.(asked);
    else if (event.key === 'Enter' && chosen !== undefined) open(chosen);
    else if (event.key === 'Enter' || event.key === 'ArrowDown') setActive(nextOf(active, 1, hits.length));
    else if (event.key === 'ArrowUp') setActive(nextOf(active, -1, hits.length));
    else return;
    event.preventDefault();
  };
  const isShown = isOpen && asked !== '';
  const hasHits = isShown && hits.length > 0;
  return (
    <div className={classes['box']}>
      <div className={classes['field']}>
        <TextInput
          ref={input}
          type="search"
          role="combobox"
          aria-label="Find a customer"
          aria-keyshortcuts="Control+K /"
          aria-expanded={hasHits}
          aria-controls={hasHits ? listId : undefined}
          aria-activedescendant={hasHits && active >= 0 ? `${listId}-${active}` : undefined}
          placeholder="Search name, phone, registration, postcode…"
          value={text}
          rightSection={isFetching ? <Loader size="xs" /> : null}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setOpen(true);
            setActive(-1);
          }}
          onKeyDown={onKeyDown}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
        />
        {hasHits && <Hits id={listId} hits={hits} active={active} text={asked} open={open} />}
        {isShown && !hasHits && (
          <div className={classes['list']} role="status">
            {error !== null ? sentenceOf(error) : isNobody ? 'Nobody was found.' : 'Looking…'}
            {isNobody && enter !== null && (
              <Text size="sm" mt={4}>
                Press Enter to enter them as a new customer.
              </Text>
            )}
          </div>
        )}
      </div>
      <KeyHint>Ctrl K</KeyHint>
    </div>
  );
}

/** Enters whoever was not found, with what was typed of them; null where the role does not allow it. */
function useEntering(done: () => void): ((text: string) => void) | null {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayEnter = useMay('customers:write');
  if (!mayEnter) return null;
  return (text) => {
    handTypedText(queries, text);
    done();
    void navigate({ to: '/customers/new' });
  };
}

function Hits(props: {
  readonly id: string;
  readonly hits: readonly CustomerHit[];
  readonly active: number;
  readonly text: string;
  readonly open: (hit: CustomerHit) => void;
}): ReactNode {
  const { id, hits, active, text, open } = props;
  return (
    <div id={id} role="listbox" aria-label="Customers found" className={classes['list']}>
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus.
        // biome-ignore lint/a11y/useFocusableInteractive: as before, an option of a combobox is never focused.
        <div
          key={hit.customerId}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={classes['hit']}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => open(hit)}
        >
          <Highlight
            highlight={text.split(' ')}
            fw={600}
            size="sm"
            highlightStyles={{ background: 'var(--accent-ground)', color: 'var(--text)' }}
          >
            {nameOf(hit)}
          </Highlight>
          <Text size="xs" c="dimmed">
            {[`No. ${hit.customerNumber}`, hit.postcode, howFound(hit)].filter(Boolean).join(' · ')}
          </Text>
          <Suspense>
            <Reach customerId={hit.customerId} still={true} />
          </Suspense>
        </div>
      ))}
    </div>
  );
}

function nextOf(active: number, step: number, count: number): number {
  if (count === 0) return -1;
  return active === -1 ? (step === 1 ? 0 : count - 1) : (active + step + count) % count;
}
