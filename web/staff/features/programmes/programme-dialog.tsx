import { Button, Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContactMethod } from '../../../../src/domain/programme.ts';
import {
  contactMethods,
  countedFromWords,
  programmeWords,
  stepFaults,
} from '../../../../src/domain/programme.ts';
import { newIdempotencyKey } from '../../shared/api.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { sayDone } from '../../shared/toast.tsx';
import classes from './programmes.module.css';
import type { Programme, Step } from './programmes.ts';
import { changeProgramme, methodNames, programmesQuery } from './programmes.ts';

interface ProgrammeDialogProps {
  readonly programme: Programme;
  readonly close: () => void;
}

/** The steps of one programme: when, and by which way. */
export function ProgrammeDialog({ programme, close }: ProgrammeDialogProps): ReactNode {
  const { kind } = programme;
  const queries = useQueryClient();
  const submission = useSubmission();
  const [steps, setSteps] = useState<readonly Step[]>(programme.steps);
  const change = (id: string, changes: Partial<Step>): void =>
    setSteps(steps.map((step) => (step.id === id ? { ...step, ...changes } : step)));
  const save = (): void => {
    const [fault] = stepFaults(kind, steps);
    if (fault !== undefined) {
      submission.say(fault);
      return;
    }
    void submission.run(async () => {
      await changeProgramme(programme, { steps: [...steps] });
      await queries.invalidateQueries({ queryKey: programmesQuery.queryKey });
      await queries.invalidateQueries({ queryKey: ['/customers'] });
      sayDone(`The steps of “${programmeWords[kind]}” are saved.`);
      close();
    });
  };
  return (
    <FormDialog
      title={`Steps of “${programmeWords[kind]}”`}
      size="xl"
      verb="Save the steps"
      submit={save}
      submission={submission}
      close={close}
    >
      <Text>
        Days count from one day: {countedFromWords[kind]}. Where a way is not permitted, the next one of its
        step serves.
      </Text>
      {steps.map((step, index) => (
        <StepFields
          key={step.id}
          name={`Step ${index + 1}`}
          step={step}
          change={(changes) => change(step.id, changes)}
          remove={() => setSteps(steps.filter(({ id }) => id !== step.id))}
        />
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() =>
            setSteps([...steps, { id: `step_${newIdempotencyKey()}`, days: 0, methods: ['email'] }])
          }
        >
          Add a step
        </Button>
      </Group>
    </FormDialog>
  );
}

interface StepFieldsProps {
  readonly name: string;
  readonly step: Step;
  readonly change: (changes: Partial<Step>) => void;
  readonly remove: () => void;
}

const none = '';

function StepFields({ name, step, change, remove }: StepFieldsProps): ReactNode {
  const { days, methods } = step;
  const choose = (place: number, method: string): void => {
    const chosen = [...methods.slice(0, place), method as ContactMethod, ...methods.slice(place + 1)];
    change({ methods: chosen.filter((each) => (each as string) !== none) });
  };
  return (
    <Stack gap="xs" component="fieldset" className={classes['step'] ?? ''}>
      <legend className={classes['legend']}>{name}</legend>
      <Group gap="sm" align="flex-end">
        <NumberInput
          label="Days"
          w="6rem"
          min={0}
          allowDecimal={false}
          value={Math.abs(days)}
          onChange={(value) => change({ days: (days < 0 ? -1 : 1) * Number(value) })}
        />
        <NativeSelect
          label="When"
          value={days < 0 ? 'before' : 'after'}
          data={[
            { value: 'before', label: 'before' },
            { value: 'after', label: 'after' },
          ]}
          onChange={(event) =>
            change({ days: event.currentTarget.value === 'before' ? -Math.abs(days) : Math.abs(days) })
          }
        />
        {[...methods, none].slice(0, 3).map((method, place) => (
          <NativeSelect
            // biome-ignore lint/suspicious/noArrayIndexKey: the place in the order is what a choice is about.
            key={place}
            label={place === 0 ? 'By' : 'Else by'}
            w="9.5rem"
            value={method}
            data={[
              ...(place === 0 ? [] : [{ value: none, label: 'nothing' }]),
              ...contactMethods
                .filter((each) => each === method || !methods.includes(each))
                .map((each) => ({ value: each, label: methodNames[each] })),
            ]}
            onChange={(event) => choose(place, event.currentTarget.value)}
          />
        ))}
        <Button variant="subtle" onClick={remove} aria-label={`Remove ${name.toLowerCase()}`}>
          Remove
        </Button>
      </Group>
    </Stack>
  );
}
