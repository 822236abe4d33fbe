import { Button, CloseButton, Group, NativeSelect, Text, UnstyledButton } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { offeredOperators } from '../../../../src/domain/selection-field-words.ts';
import { ConditionValue } from './condition-value.tsx';
import type { DraftCondition } from './draft.ts';
import { askedBy, gapOf } from './draft.ts';
import type { Fields } from './fields.ts';
import classes from './mailshots.module.css';
import { sayCondition, sayField } from './words.ts';

interface ConditionRowProps {
  readonly condition: DraftCondition;
  readonly fields: Fields;
  readonly makes: readonly string[];
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
  readonly change: (condition: DraftCondition) => void;
  readonly remove: () => void;
}

/** One condition: read as words, said in place when it is opened. Delete takes it out. */
export function ConditionRow(props: ConditionRowProps): ReactNode {
  const { condition, fields, isOpen, setOpen, remove } = props;
  const words = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    // Closed by its own hand, not because another one was opened: the focus stays with it.
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (wasOpen.current && !isOpen && isFree) words.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const field = sayField(condition);
  const gap = gapOf(condition);
  const said = gap === null ? sayCondition(condition, fields.get(condition.field)) : 'say what';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    remove();
  };
  return (
    <div className={classes['condition']} data-open={isOpen || undefined}>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        {isOpen ? (
          <Text fw={600}>{field}</Text>
        ) : (
          <UnstyledButton
            ref={words}
            className={classes['words']}
            aria-expanded={false}
            aria-keyshortcuts="Delete"
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
          >
            <span>{field}</span>{' '}
            <span className={classes['said']} data-unfinished={gap !== null || undefined}>
              {said}
            </span>
          </UnstyledButton>
        )}
        <CloseButton aria-label={`Remove ${field} ${said}`} onClick={remove} />
      </Group>
      {isOpen && <ConditionForm {...props} gap={gap} />}
    </div>
  );
}

function ConditionForm({
  condition,
  fields,
  makes,
  setOpen,
  change,
  gap,
}: ConditionRowProps & { readonly gap: string | null }): ReactNode {
  const operators = offeredOperators(condition.field);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) setOpen(false);
      }}
    >
      {operators.length > 1 && (
        <NativeSelect
          aria-label={`How ${sayField(condition)} is asked about`}
          data={operators.map(({ operator, label }) => ({ value: operator, label }))}
          value={condition.operator}
          onChange={(event) => {
            const chosen = operators.find(({ operator }) => operator === event.currentTarget.value);
            if (chosen !== undefined) change(askedBy(condition, chosen.operator));
          }}
        />
      )}
      <ConditionValue
        key={condition.operator}
        condition={condition}
        field={fields.get(condition.field)}
        makes={makes}
        change={(operand) => change({ ...condition, operand })}
      />
      <Button type="submit" variant="default">
        Done
      </Button>
      {gap !== null && (
        <Text size="sm" c="dimmed" className={classes['gap'] ?? ''}>
          {gap}
        </Text>
      )}
    </form>
  );
}
