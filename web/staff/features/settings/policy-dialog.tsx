import { NativeSelect, NumberInput, Switch, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { changePolicy } from '../../shared/policy/policy.ts';
import type { ChosenPolicy } from '../../shared/policy/policy-choice.tsx';
import { PolicyChoice } from '../../shared/policy/policy-choice.tsx';
import { sayDone } from '../../shared/toast.tsx';
import type { PolicySettings, Setting } from './policy-settings.ts';
import { settings } from './policy-settings.ts';

interface PolicyDialogProps {
  readonly inForce: PolicySettings;
  readonly close: () => void;
}

type Values = Readonly<Record<string, unknown>>;
type Faults = Readonly<Record<string, string>>;

/** Adds a version to the policy: what changes, why, and who accepts the warning where there is one. */
export function PolicyDialog({ inForce, close }: PolicyDialogProps): ReactNode {
  const [values, setValues] = useState<Values>(inForce);
  const [chosen, setChosen] = useState<ChosenPolicy>({ policy: inForce.policy, acceptedBy: '' });
  const [reason, setReason] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const submission = useSubmission();
  const save = (): void => {
    const changes = changesTo(inForce, { ...values, policy: chosen.policy });
    const missing = whatIsMissing(chosen, reason);
    setFaults(missing);
    submission.say(Object.keys(changes).length === 0 ? 'Nothing is changed yet.' : null);
    if (Object.keys(changes).length === 0 || Object.keys(missing).length > 0) return;
    const accepts = chosen.policy === 'assume_legitimate_interest';
    void submission.run(
      async () => {
        await changePolicy({
          settings: changes,
          reason: reason.trim(),
          ...(accepts ? { warningAcceptedBy: chosen.acceptedBy.trim() } : {}),
        });
        sayDone('The policy is changed, from now on.');
        close();
      },
      (errors) => {
        setFaults(errors);
        return false;
      },
    );
  };
  return (
    <FormDialog
      title="Change the policy"
      size="lg"
      verb="Change it from now on"
      submit={save}
      submission={submission}
      close={close}
    >
      <PolicyChoice
        chosen={chosen}
        choose={setChosen}
        acceptedByError={faults['warningAcceptedBy'] ?? null}
      />
      {settings.map((setting) => (
        <SettingField
          key={setting.key}
          setting={setting}
          value={values[setting.key]}
          error={faultOf(faults, setting)}
          change={(value) => setValues((before) => ({ ...before, [setting.key]: value }))}
        />
      ))}
      <Textarea
        label="Why"
        description="For the record. No names of customers."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={faults['reason']}
        autosize={true}
        minRows={2}
      />
    </FormDialog>
  );
}

/** The server names a part of a list with its place, such as `settings.askedCompanies.0`. */
function faultOf(faults: Faults, { key }: Setting): string | null {
  const field = `settings.${key}`;
  const named = Object.entries(faults).find(([name]) => name === field || name.startsWith(`${field}.`));
  return named?.[1] ?? null;
}

interface SettingFieldProps {
  readonly setting: Setting;
  readonly value: unknown;
  readonly error: string | null;
  readonly change: (value: unknown) => void;
}

function SettingField({ setting, value, error, change }: SettingFieldProps): ReactNode {
  const { label, explains } = setting;
  switch (setting.kind) {
    case 'number':
      return (
        <NumberInput
          label={`${label} (${setting.unit})`}
          description={explains}
          value={typeof value === 'number' ? value : ''}
          onChange={(given) => change(typeof given === 'number' ? given : setting.optional ? null : value)}
          min={setting.min}
          max={setting.max}
          allowDecimal={false}
          error={error}
          maw="26rem"
        />
      );
    case 'choice':
      return (
        <NativeSelect
          label={label}
          description={explains}
          value={String(value)}
          data={[...setting.choices]}
          onChange={(event) => change(event.currentTarget.value)}
          error={error}
          maw="26rem"
        />
      );
    case 'names':
      return (
        <Textarea
          label={label}
          description={explains}
          defaultValue={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(event) => change(namesIn(event.currentTarget.value))}
          error={error}
          autosize={true}
          minRows={1}
          maw="26rem"
        />
      );
    case 'switch':
      return (
        <Switch
          label={label}
          description={explains}
          checked={value === true}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      );
  }
}

function namesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Lists are the same where they say the same. */
function isSame(one: unknown, other: unknown): boolean {
  return Array.isArray(one) && Array.isArray(other) ? one.join('\n') === other.join('\n') : one === other;
}

function changesTo(inForce: PolicySettings, wanted: Values): Partial<PolicySettings> {
  const before: Values = inForce;
  const changed = Object.entries(wanted).filter(([key, value]) => !isSame(value, before[key]));
  return Object.fromEntries(changed) as Partial<PolicySettings>;
}

function whatIsMissing({ policy, acceptedBy }: ChosenPolicy, reason: string): Faults {
  return {
    ...(policy === 'assume_legitimate_interest' && acceptedBy.trim() === ''
      ? { warningAcceptedBy: 'Give the full name of the person who accepts the warning.' }
      : {}),
    ...(reason.trim() === '' ? { reason: 'Say why, for the record.' } : {}),
  };
}
