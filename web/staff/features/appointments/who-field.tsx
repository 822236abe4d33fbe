import { Loader, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useState } from 'react';
import { sentenceOf } from '../../shared/api-problem.ts';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import type { CustomerHit } from '../../shared/customer-search.ts';
import { howFound, nameOf, searchCustomers } from '../../shared/customer-search.ts';
import type { Guess } from '../../shared/typed-guess.ts';
import { guessFrom } from '../../shared/typed-guess.ts';
import classes from './appointments.module.css';

const typeAheadMilliseconds = 120;
const hitsMax = 6;

interface WhoFieldProps {
  readonly pick: (hit: CustomerHit, guess: Guess) => void;
  /** Nobody who was found; `changedHands` where the vehicle that was typed has somebody else now. */
  readonly enter: (guess: Guess, changedHands: boolean) => void;
}

interface Option {
  readonly key: string;
  readonly words: string;
  readonly detail: string;
  readonly act: () => void;
  /** Null for somebody who is not on file. */
  readonly customerId: string | null;
}

/** Who is it? A phone number, name or registration; Enter picks the one who was found, also while it is looked for. */
export function WhoField({ pick, enter }: WhoFieldProps): ReactNode {
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(-1);
  const [isEnterPending, setEnterPending] = useState(false);
  const { hits, error, isSettled, isFetching } = useHits(text);
  const options =
    text.trim() === '' || error !== null ? [] : optionsFor(text, hits, isSettled, { pick, enter });
  const only = isSettled && options.length > 0 && hits.length < 2 ? options[0] : undefined;
  // why: whoever types a whole number and Enter at once need not wait for the answer.
  useEffect(() => {
    if (!isEnterPending || !isSettled) return;
    setEnterPending(false);
    if (hits.length === 1) only?.act();
    else setActive(0);
  }, [isEnterPending, isSettled, hits.length, only]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const chosen = options[active] ?? only;
    if (event.key === 'Enter' && text.trim() !== '') {
      if (isSettled && chosen !== undefined) chosen.act();
      else setEnterPending(true);
    } else if (event.key === 'ArrowDown') setActive((active + 1) % Math.max(options.length, 1));
    else if (event.key === 'ArrowUp') setActive((active - 1 + options.length) % Math.max(options.length, 1));
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes['who']}>
      <TextInput
        type="search"
        role="combobox"
        label="Who is it?"
        description="Phone number, name or registration"
        autoFocus={true}
        aria-expanded={options.length > 0}
        aria-controls={options.length > 0 ? listId : undefined}
        aria-activedescendant={active >= 0 && options.length > 0 ? `${listId}-${active}` : undefined}
        value={text}
        rightSection={isFetching ? <Loader size="xs" /> : null}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(-1);
          setEnterPending(false);
        }}
        onKeyDown={onKeyDown}
      />
      {error !== null && <Text role="alert">{sentenceOf(error)}</Text>}
      {options.length > 0 && <Options id={listId} options={options} active={active} />}
    </div>
  );
}

function useHits(text: string) {
  const [asked] = useDebouncedValue(text.trim(), typeAheadMilliseconds);
  const { data, error, isFetching } = useQuery({
    queryKey: ['customers:search', 'booking', asked],
    queryFn: ({ signal }) => searchCustomers(asked, hitsMax, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const isSettled = asked !== '' && asked === text.trim() && !isFetching;
  return { hits: asked === '' ? [] : (data ?? []), error, isFetching, isSettled };
}

function optionsFor(
  text: string,
  hits: readonly CustomerHit[],
  isSettled: boolean,
  { pick, enter }: WhoFieldProps,
): Option[] {
  const guess = guessFrom(text);
  const found = hits.map(
    (hit): Option => ({
      key: hit.customerId,
      customerId: hit.customerId,
      words: nameOf(hit),
      detail: [`No. ${hit.customerNumber}`, hit.postcode, howFound(hit)].filter(Boolean).join(' · '),
      act: () => pick(hit, guess),
    }),
  );
  if (!isSettled) return found;
  const changedHands = guess.registration !== undefined && hits.length > 0;
  return [
    ...found,
    {
      key: 'new',
      customerId: null,
      words: changedHands ? `Somebody else has ${guess.registration} now` : 'Enter a new customer',
      detail: changedHands
        ? 'a new keeper, who starts blank'
        : found.length === 0
          ? 'Nobody was found'
          : 'none of these',
      act: () => enter(guess, changedHands),
    },
  ];
}

interface OptionsProps {
  readonly id: string;
  readonly options: readonly Option[];
  readonly active: number;
}

function Options({ id, options, active }: OptionsProps): ReactNode {
  return (
    <div id={id} role="listbox" aria-label="Who was found" className={classes['hits']}>
      {options.map(({ key, words, detail, act, customerId }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus.
        // biome-ignore lint/a11y/useFocusableInteractive: as before, an option of a combobox is never focused.
        <div
          key={key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={classes['hit']}
          onMouseDown={(event) => event.preventDefault()}
          onClick={act}
        >
          <Text size="sm" fw={600}>
            {words}
          </Text>
          <Text size="xs" c="dimmed">
            {detail}
          </Text>
          {customerId !== null && <Reach customerId={customerId} still={true} />}
        </div>
      ))}
    </div>
  );
}
