import { TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { CustomerChanges } from '../../../../src/features/customers/contract.ts';
import { ask } from '../../shared/api.ts';
import { ApiProblem } from '../../shared/api-problem.ts';
import { nameOf } from '../../shared/customer-search.ts';
import type { Submission } from '../../shared/form-dialog.tsx';
import { besideFields, FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { sayDone } from '../../shared/toast.tsx';
import type { Customer } from './customer.ts';
import { kindWords, pathOf } from './customer.ts';
import type { TypedProfile } from './profile-fields.tsx';
import { BelongingFields, givenNames, ProfileFields } from './profile-fields.tsx';

interface EditCustomerDialogProps {
  readonly customer: Customer;
  readonly close: () => void;
  readonly updated: () => void;
}

interface Typed extends TypedProfile {
  readonly birthOn: string;
}

/** Changes who a customer is. Only what was changed here is sent, so that nobody else's change is undone by it. */
export function EditCustomerDialog({ customer, close, updated }: EditCustomerDialogProps): ReactNode {
  const { form, submission, submit } = useEdit(customer, () => {
    close();
    updated();
  });
  return (
    <FormDialog
      title={`Edit ${nameOf(customer)}`}
      size="lg"
      verb="Save"
      submit={submit}
      submission={submission}
      close={close}
    >
      <ProfileFields
        kind={form.values.kind}
        choose={(kind) => form.setFieldValue('kind', kind)}
        inputPropsOf={(field, type) => form.getInputProps(field, type === undefined ? {} : { type })}
      />
      <TextInput type="date" label="Born on" maw="12rem" {...form.getInputProps('birthOn')} />
      <BelongingFields
        inputPropsOf={(field, type) => form.getInputProps(field, type === undefined ? {} : { type })}
      />
    </FormDialog>
  );
}

interface Edit {
  readonly form: UseFormReturnType<Typed>;
  readonly submission: Submission;
  readonly submit: ReturnType<UseFormReturnType<Typed>['onSubmit']>;
}

function useEdit(customer: Customer, done: () => void): Edit {
  const queries = useQueryClient();
  const submission = useSubmission();
  // What was on the record when the dialog opened, or when somebody else's change was shown.
  const [known, setKnown] = useState(customer);
  const form = useForm<Typed>({ initialValues: typedOf(customer) });
  const save = async (typed: Typed): Promise<void> => {
    const changes = changesOf(typed, known);
    if (Object.keys(changes).length > 0) {
      await ask(pathOf(customer.id), { method: 'PATCH', body: changes, ifMatch: `"${known.version}"` });
      await queries.invalidateQueries({ queryKey: ['/customers', customer.id] });
    }
    sayDone(`${nameOf({ ...customer, ...givenNames(typed) })} is up to date.`);
    done();
  };
  const takeOver = async (typed: Typed): Promise<void> => {
    const { body: newer } = await ask<Customer>(pathOf(customer.id));
    submission.say(conflictWords(known, newer));
    form.setValues(untouchedFrom(typed, typedOf(known), typedOf(newer)));
    setKnown(newer);
  };
  const submit = form.onSubmit((typed) =>
    submission.run(
      () => save(typed),
      async (errors, error) => {
        const isBeside = besideFields(form)(errors);
        const isSecond = error instanceof ApiProblem && error.status === 412;
        if (isSecond) await takeOver(typed);
        return isBeside || isSecond;
      },
    ),
  );
  return { form, submission, submit };
}

function typedOf(customer: Customer): Typed {
  const { kind, title, forename, surname, companyName, branch, prospect, birthOn } = customer;
  return {
    kind,
    title: title ?? '',
    forename: forename ?? '',
    surname: surname ?? '',
    companyName: companyName ?? '',
    branch,
    prospect,
    birthOn: birthOn ?? '',
  };
}

/** What somebody else wrote into the fields that were not touched here. */
function untouchedFrom(typed: Typed, known: Typed, newer: Typed): Partial<Typed> {
  return Object.fromEntries(
    Object.entries(newer).filter(([field]) => typed[field as keyof Typed] === known[field as keyof Typed]),
  );
}

function changesOf(typed: Typed, customer: Customer): CustomerChanges {
  const { kind, branch, prospect, birthOn } = typed;
  const wanted = { kind, branch, prospect, birthOn: birthOn || null, ...givenNames(typed) };
  return Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => value !== customer[field as keyof typeof wanted]),
  );
}

const fieldWords = {
  kind: 'kind',
  title: 'title',
  forename: 'forename',
  surname: 'surname',
  companyName: 'company',
  branch: 'branch',
  birthOn: 'day of birth',
} as const;

/** What somebody else changed meanwhile, so that whoever types can tell whether theirs still holds. */
function conflictWords(known: Customer, newer: Customer): string {
  const changed = Object.entries(fieldWords).flatMap(([field, words]) => {
    const before = known[field as keyof typeof fieldWords];
    const after = newer[field as keyof typeof fieldWords];
    if (before === after) return [];
    const shown = field === 'kind' ? kindWords[newer.kind] : after;
    return [shown === null ? `the ${words} was taken away` : `the ${words} is now “${shown}”`];
  });
  const what = changed.length === 0 ? 'something else on this record' : changed.join(', ');
  return (
    `Somebody else changed this record while you were typing: ${what}. Nothing of yours is lost and nothing ` +
    'is saved yet. Look it over and save again.'
  );
}
