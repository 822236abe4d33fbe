import {
  Autocomplete,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  TagsInput,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import type { DraftCondition, Operand } from './draft.ts';
import { kindOf } from './draft.ts';
import type { Field } from './fields.ts';
import classes from './mailshots.module.css';
import { sayField } from './words.ts';

interface ConditionValueProps {
  readonly condition: DraftCondition;
  readonly field: Field | undefined;
  /** Of a model: the makes it is among, in small letters; none is all. */
  readonly makes: readonly string[];
  readonly change: (operand: Operand) => void;
}

/** The control that fits what is asked: choices, a date, an amount, a list. */
export function ConditionValue(props: ConditionValueProps): ReactNode {
  const { condition, change } = props;
  const { operand } = condition;
  const name = sayField(condition);
  switch (kindOf(condition.field, condition.operator)) {
    case 'texts':
      return <TextsValue {...props} />;
    case 'text':
      return <TextValue {...props} />;
    case 'yes_or_no':
      return <YesOrNoValue {...props} />;
    case 'date':
      return <DateValue label={name} value={operand} change={change} autoFocus={true} />;
    case 'dates':
      return <RangeValue {...props} End={DateValue} />;
    case 'number':
      return (
        <AmountValue label={name} value={operand} change={change} unit={unitOf(props)} autoFocus={true} />
      );
    case 'days':
      return (
        <AmountValue label={name} value={operand} change={change} unit="days" max={36_500} autoFocus={true} />
      );
    case 'numbers':
      return <RangeValue {...props} End={AmountValue} />;
  }
}

function unitOf({ field }: Pick<ConditionValueProps, 'field'>): string {
  return field?.unit ?? '';
}

// why: makes and models that nobody has yet can be asked for all the same; a branch or a kind cannot.
const closedFields: readonly string[] = ['branch', 'kind'];
const shownChoicesMax = 100;

function TextsValue({ condition, field, makes, change }: ConditionValueProps): ReactNode {
  const values = Array.isArray(condition.operand) ? condition.operand.map(String) : [];
  const shared = {
    className: classes['value'] ?? '',
    'aria-label': sayField(condition),
    value: values,
    onChange: (chosen: string[]) => change(chosen),
    autoFocus: true,
    limit: shownChoicesMax,
    hidePickedOptions: true,
    openOnFocus: true,
  };
  const choices = choicesOf(field, makes);
  return closedFields.includes(condition.field) ? (
    <MultiSelect
      {...shared}
      data={choices}
      searchable={true}
      placeholder={values.length === 0 ? 'Choose' : ''}
      nothingFoundMessage="There is none of that name."
    />
  ) : (
    <TagsInput
      {...shared}
      data={choices}
      acceptValueOnBlur={true}
      splitChars={[',', ';']}
      placeholder={values.length === 0 ? (field?.example ?? 'Type, Enter after each') : ''}
    />
  );
}

function TextValue({ condition, field, makes, change }: ConditionValueProps): ReactNode {
  const value = typeof condition.operand === 'string' ? condition.operand : '';
  const choices = choicesOf(field, makes);
  const shared = {
    className: classes['value'] ?? '',
    'aria-label': sayField(condition),
    autoFocus: true,
    limit: shownChoicesMax,
  };
  return closedFields.includes(condition.field) ? (
    <Select
      {...shared}
      data={choices}
      value={value === '' ? null : value}
      onChange={(chosen) => change(chosen)}
      searchable={true}
      placeholder="Choose"
      nothingFoundMessage="There is none of that name."
    />
  ) : (
    <Autocomplete
      {...shared}
      data={choices.map(({ label }) => label)}
      value={value}
      onChange={(text) => change(text.trim() === '' ? null : text)}
      placeholder={field?.example ?? 'Type it'}
    />
  );
}

/** Each once, in any case; of a model those of the makes that are asked for. */
function choicesOf(field: Field | undefined, makes: readonly string[]): { value: string; label: string }[] {
  const choices = new Map<string, { value: string; label: string }>();
  for (const { value, label, make } of field?.choices ?? []) {
    const isAmong = make === null || makes.length === 0 || makes.includes(make.toLowerCase());
    const key = value.toLowerCase();
    if (isAmong && !choices.has(key)) choices.set(key, { value, label });
  }
  return [...choices.values()];
}

function YesOrNoValue({ condition, change }: ConditionValueProps): ReactNode {
  const isMissing = condition.operator === 'is_missing';
  return (
    <SegmentedControl
      aria-label={sayField(condition)}
      data={[
        { value: 'true', label: isMissing ? 'Nothing is recorded' : 'Yes' },
        { value: 'false', label: isMissing ? 'Something is recorded' : 'No' },
      ]}
      value={String(condition.operand === true)}
      onChange={(value) => change(value === 'true')}
    />
  );
}

interface EndProps {
  readonly label: string;
  readonly value: Operand;
  readonly change: (value: string | number | null) => void;
  readonly unit?: string;
  readonly max?: number;
  readonly autoFocus?: boolean;
}

function RangeValue({
  condition,
  field,
  change,
  End,
}: ConditionValueProps & { readonly End: (props: EndProps) => ReactNode }): ReactNode {
  const [first = '', last = ''] = Array.isArray(condition.operand) ? condition.operand : [];
  const name = sayField(condition);
  const unit = unitOf({ field });
  return (
    <div className={classes['range']}>
      <End
        label={`${name}, first`}
        value={first}
        change={(value) => change([value ?? '', last])}
        autoFocus={true}
      />
      <span>to</span>
      <End
        label={`${name}, last`}
        value={last}
        unit={unit}
        change={(value) => change([first, value ?? ''])}
      />
    </div>
  );
}

function DateValue({ label, value, change, autoFocus = false }: EndProps): ReactNode {
  return (
    <TextInput
      type="date"
      aria-label={label}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => change(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      autoFocus={autoFocus}
    />
  );
}

function AmountValue({ label, value, change, unit = '', max, autoFocus = false }: EndProps): ReactNode {
  return (
    <NumberInput
      className={classes['amount'] ?? ''}
      aria-label={unit === '' ? label : `${label}, ${unit}`}
      value={typeof value === 'number' ? value : ''}
      onChange={(amount) => change(typeof amount === 'number' ? amount : null)}
      min={0}
      max={max ?? 10_000_000}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
      suffix={unit === '' ? '' : ` ${unit}`}
      hideControls={true}
      autoFocus={autoFocus}
    />
  );
}
