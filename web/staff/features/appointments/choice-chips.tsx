import type { ReactNode } from 'react';
import { KeyHint } from '../../shared/key-hint.tsx';
import classes from './appointments.module.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** The key that does the same. */
  readonly shortcut?: string;
}

interface ChoiceChipsProps<Value extends string> {
  readonly label: string;
  readonly name: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: Value | null;
  readonly choose: (value: Value) => void;
}

/** One of several, as chips side by side; arrow keys move among them. */
export function ChoiceChips<Value extends string>(props: ChoiceChipsProps<Value>): ReactNode {
  const { label, name, choices, chosen, choose } = props;
  return (
    <fieldset className={classes['chips']}>
      <legend className={classes['legend']}>{label}</legend>
      {choices.map(({ value, label: words, shortcut }) => (
        <label key={value} className={classes['chip']}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => choose(value)}
            aria-keyshortcuts={shortcut}
          />
          {words}
          {shortcut !== undefined && <KeyHint>{shortcut}</KeyHint>}
        </label>
      ))}
    </fieldset>
  );
}

interface TickChipsProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: ReadonlySet<Value>;
  readonly toggle: (value: Value) => void;
}

/** Any of several, as chips side by side. */
export function TickChips<Value extends string>(props: TickChipsProps<Value>): ReactNode {
  const { label, choices, chosen, toggle } = props;
  return (
    <fieldset className={classes['chips']}>
      <legend className={classes['legend']}>{label}</legend>
      {choices.map(({ value, label: words, shortcut }) => (
        <label key={value} className={classes['chip']}>
          <input
            type="checkbox"
            checked={chosen.has(value)}
            onChange={() => toggle(value)}
            aria-keyshortcuts={shortcut}
            data-work={value}
          />
          {words}
          {shortcut !== undefined && <KeyHint>{shortcut}</KeyHint>}
        </label>
      ))}
    </fieldset>
  );
}
