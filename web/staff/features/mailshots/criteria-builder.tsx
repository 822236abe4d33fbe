import { Button, CloseButton, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { fieldOf } from '../../../../src/domain/selection-fields.ts';
import { AddCondition } from './add-condition.tsx';
import { ConditionRow } from './condition-row.tsx';
import type { DraftCondition, DraftGroup, DraftItem, Mode } from './draft.ts';
import { changeItem, conditionsIn, gapOf, isGroup, newCondition, newGroup } from './draft.ts';
import type { Fields } from './fields.ts';
import classes from './mailshots.module.css';

interface CriteriaBuilderProps {
  readonly criteria: DraftGroup;
  readonly change: (criteria: DraftGroup) => void;
  readonly fields: Fields;
  /** The criteria as the server reads them back; null before it has. */
  readonly plainEnglish: string | null;
}

/** Who it is for: conditions on the person and the vehicles they keep, in groups where needed. */
export function CriteriaBuilder({ criteria, change, fields, plainEnglish }: CriteriaBuilderProps): ReactNode {
  // The condition that is being said; every other one is read.
  const [openKey, open] = useState<string | null>(null);
  const unfinished = conditionsIn(criteria).filter((condition) => gapOf(condition) !== null).length;
  return (
    <Paper component="section" aria-labelledby="who-for">
      <Stack gap="sm">
        <Title order={2} id="who-for">
          Who is it for?
        </Title>
        <ItemGroup
          group={criteria}
          depth={1}
          fields={fields}
          openKey={openKey}
          open={open}
          changeGroup={change}
        />
        {unfinished > 0 && (
          <Text size="sm" c="dimmed">
            {unfinished === 1 ? 'One condition is' : `${unfinished} conditions are`} not finished, and not
            counted.
          </Text>
        )}
        {plainEnglish !== null && (
          <Text c="dimmed" aria-live="polite">
            {plainEnglish}.
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

interface ItemGroupProps {
  readonly group: DraftGroup;
  readonly depth: number;
  readonly fields: Fields;
  readonly openKey: string | null;
  readonly open: (key: string | null) => void;
  readonly changeGroup: (group: DraftGroup) => void;
}

// why: the language has more, but nobody reads a sentence with more brackets than this.
const depthMax = 3;

function ItemGroup({ group, depth, fields, openKey, open, changeGroup }: ItemGroupProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const addItem = (item: DraftItem): void => {
    changeGroup({ ...group, items: [...group.items, item] });
    open(isGroup(item) ? null : item.key);
  };
  const replace = (key: string, item: DraftItem | null): void => {
    changeGroup(changeItem(group, key, () => item));
    // What had the focus is gone; the next thing to do is to add another one.
    if (item === null) place.current?.querySelector<HTMLInputElement>('[data-add] input')?.focus();
  };
  return (
    <Stack gap="xs" ref={place}>
      {(group.items.length > 1 || depth > 1 || group.mode !== 'all') && (
        <ModeChoice group={group} change={(mode) => changeGroup({ ...group, mode })} />
      )}
      {group.items.length > 0 && (
        <ul className={classes['items']}>
          {group.items.map((item) => (
            <li key={item.key}>
              {isGroup(item) ? (
                <NestedGroup
                  group={item}
                  depth={depth + 1}
                  fields={fields}
                  openKey={openKey}
                  open={open}
                  changeGroup={(changed) => replace(item.key, changed)}
                  remove={() => replace(item.key, null)}
                />
              ) : (
                <ConditionRow
                  condition={item}
                  fields={fields}
                  makes={makesIn(group)}
                  isOpen={openKey === item.key}
                  setOpen={(isOpen) => open(isOpen ? item.key : null)}
                  change={(changed) => replace(item.key, changed)}
                  remove={() => replace(item.key, null)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <Group gap="xs" data-add={true}>
        <AddCondition add={(field) => addItem(newCondition(field))} isFirst={depth === 1} />
        {depth < depthMax && (
          <Button variant="subtle" onClick={() => addItem(newGroup(group.mode === 'all' ? 'any' : 'all'))}>
            Add a group
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function NestedGroup({ remove, ...group }: ItemGroupProps & { readonly remove: () => void }): ReactNode {
  return (
    <div className={classes['nested']}>
      <CloseButton className={classes['removeGroup'] ?? ''} aria-label="Remove this group" onClick={remove} />
      <ItemGroup {...group} />
    </div>
  );
}

const modes: readonly { readonly value: Mode; readonly label: string }[] = [
  { value: 'all', label: 'All of these' },
  { value: 'any', label: 'Any of these' },
  { value: 'none', label: 'None of these' },
];

function ModeChoice({
  group,
  change,
}: {
  readonly group: DraftGroup;
  readonly change: (mode: Mode) => void;
}): ReactNode {
  const isOfOneVehicle = group.mode === 'all' && group.items.filter(isOfVehicle).length > 1;
  return (
    <Group gap="xs">
      <NativeSelect
        size="xs"
        aria-label="How these belong together"
        data={[...modes]}
        value={group.mode}
        onChange={(event) => {
          const mode = modes.find(({ value }) => value === event.currentTarget.value)?.value;
          if (mode !== undefined) change(mode);
        }}
      />
      {isOfOneVehicle && (
        <Text size="xs" c="dimmed">
          What is said of a vehicle is about one and the same.
        </Text>
      )}
    </Group>
  );
}

function isOfVehicle(item: DraftItem): boolean {
  return !isGroup(item) && fieldOf(item.field).about === 'vehicle';
}

/** The makes that are asked for beside a model, in small letters: its choice is among theirs. */
function makesIn({ items }: DraftGroup): string[] {
  return items
    .filter((item): item is DraftCondition => !isGroup(item) && item.field === 'make')
    .flatMap(({ operator, operand }) => (operator === 'is' || operator === 'one_of' ? [operand].flat() : []))
    .map((make) => String(make).toLowerCase());
}
