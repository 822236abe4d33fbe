import { Alert, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { sentenceOf } from '../../shared/api-problem.ts';
import { nowOfBrowser } from '../../shared/clock.ts';
import { sayDone } from '../../shared/toast.tsx';
import classes from './appointments.module.css';
import type { Appointment } from './appointments.ts';
import { workshopChanged } from './appointments.ts';
import { plusDays, todayIn } from './dates.ts';
import type { Finding, HealthCheck, TypedFinding } from './health-check.ts';
import { givenFindings, outcomeWords, saveHealthCheck, severityWords, typedFrom } from './health-check.ts';

interface HealthCheckFormProps {
  readonly appointment: Appointment;
  readonly known: HealthCheck | null;
  readonly close: () => void;
}

/** When deferred work is usually come back to. */
const usualDeferralDays = 90;
const decisions: readonly Finding['outcome'][] = ['advised', 'authorised', 'deferred', 'declined', 'done'];
let added = 0;

function blank(): TypedFinding {
  added += 1;
  const fields = { id: null, item: '', pounds: '', followUpOn: '', labourMinutes: null };
  return { key: `new-${added}`, severity: 'amber', outcome: 'advised', ...fields };
}

/** Line by line: what was looked at, the result, the price, and what the customer decided. */
export function HealthCheckForm({ appointment, known, close }: HealthCheckFormProps): ReactNode {
  const queries = useQueryClient();
  const [findings, setFindings] = useState<readonly TypedFinding[]>(
    () => known?.findings.map(typedFrom) ?? [blank()],
  );
  const [mileage, setMileage] = useState(String(known?.mileage ?? ''));
  const [fault, setFault] = useState<{ key: string | null; words: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const change = (key: string, fields: Partial<TypedFinding>): void =>
    setFindings(findings.map((each) => (each.key === key ? { ...each, ...fields } : each)));
  const save = async (): Promise<void> => {
    if (isBusy) return;
    const given = givenFindings(findings);
    if ('fault' in given) {
      setFault({ key: given.key, words: given.fault });
      return;
    }
    const miles = /^\d{1,7}$/.test(mileage.replaceAll(',', '')) ? Number(mileage.replaceAll(',', '')) : null;
    setBusy(true);
    try {
      await saveHealthCheck(appointment.id, known, { mileage: miles, ...given });
      await workshopChanged(queries, appointment.customerId);
      sayDone('The health check is saved.');
      close();
    } catch (error) {
      setFault({ key: null, words: sentenceOf(error) });
      setBusy(false);
    }
  };
  return (
    <form
      noValidate={true}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {findings.map((finding) => (
        <FindingFields
          key={finding.key}
          finding={finding}
          fault={fault?.key === finding.key ? fault.words : null}
          change={(fields) => change(finding.key, fields)}
          remove={
            findings.length === 1 ? null : () => setFindings(findings.filter((each) => each !== finding))
          }
        />
      ))}
      <Group mt="sm" align="flex-end">
        <Button variant="default" onClick={() => setFindings([...findings, blank()])}>
          Add a line
        </Button>
        <TextInput
          label="Mileage"
          inputMode="numeric"
          value={mileage}
          onChange={(event) => setMileage(event.currentTarget.value)}
        />
      </Group>
      {fault !== null && fault.key === null && (
        <Alert color="red" variant="light" role="alert" mt="sm">
          {fault.words}
        </Alert>
      )}
      <Group mt="md">
        <Button type="submit" loading={isBusy}>
          Save the health check
        </Button>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

interface FindingFieldsProps {
  readonly finding: TypedFinding;
  readonly fault: string | null;
  readonly change: (fields: Partial<TypedFinding>) => void;
  readonly remove: (() => void) | null;
}

function FindingFields({ finding, fault, change, remove }: FindingFieldsProps): ReactNode {
  const { item, severity, pounds, outcome, followUpOn } = finding;
  const isGreen = severity === 'green';
  return (
    <fieldset className={classes['finding']} aria-label={item.trim() === '' ? 'A new line' : item}>
      <TextInput
        label="What was looked at"
        value={item}
        error={fault}
        autoFocus={item === ''}
        onChange={(event) => change({ item: event.currentTarget.value })}
      />
      <NativeSelect
        label="Result"
        value={severity}
        data={Object.entries(severityWords).map(([value, label]) => ({ value, label }))}
        onChange={(event) => {
          const next = event.currentTarget.value as Finding['severity'];
          const isOther = (next === 'green') !== isGreen;
          change({ severity: next, ...(isOther ? { outcome: next === 'green' ? 'none' : 'advised' } : {}) });
        }}
      />
      <TextInput
        label="Price, £"
        inputMode="decimal"
        value={pounds}
        disabled={isGreen}
        onChange={(event) => change({ pounds: event.currentTarget.value })}
      />
      <NativeSelect
        label="Decision"
        value={outcome}
        disabled={isGreen}
        data={(isGreen ? (['none'] as const) : decisions).map((value) => ({
          value,
          label: outcomeWords[value],
        }))}
        onChange={(event) => {
          const next = event.currentTarget.value as Finding['outcome'];
          const usual = plusDays(todayIn(nowOfBrowser()), usualDeferralDays);
          change({ outcome: next, followUpOn: next === 'deferred' ? followUpOn || usual : '' });
        }}
      />
      <TextInput
        type="date"
        label="Come back to it"
        value={followUpOn}
        disabled={outcome !== 'deferred'}
        onChange={(event) => change({ followUpOn: event.currentTarget.value })}
      />
      <Button
        variant="subtle"
        disabled={remove === null}
        onClick={() => remove?.()}
        aria-label={`Remove ${item || 'this line'}`}
      >
        Remove
      </Button>
    </fieldset>
  );
}
