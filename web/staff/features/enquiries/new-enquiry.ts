import type { UseFormReturnType } from '@mantine/form';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import type { enteredSources } from '../../../../src/domain/enquiry.ts';
import type {
  customerSchema,
  duplicatesSchema,
  NewCustomer,
} from '../../../../src/features/customers/contract.ts';
import type { EnteredEnquiry } from '../../../../src/features/enquiries/contract.ts';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { useMay, useSession } from '../../shared/session.ts';
import type { Chosen } from './customer-choice.tsx';
import type { Enquiry } from './enquiries.ts';
import { enquiriesChanged } from './enquiries.ts';
import type { TypedDetails } from './enquiry-fields.tsx';
import { detailRules, emptyDetails, fieldOf, givenDetails } from './enquiry-fields.tsx';

/** Entering an enquiry: of a customer who is on file, or of one who is entered with it. */
export interface TypedEnquiry extends TypedDetails {
  readonly source: (typeof enteredSources)[number];
  readonly title: string;
  readonly forename: string;
  readonly surname: string;
  readonly isBusiness: boolean;
  readonly companyName: string;
  readonly phone: string;
  readonly email: string;
  readonly note: string;
}

export type Duplicate = z.infer<typeof duplicatesSchema>['duplicates'][number];

export interface EnteringEnquiry {
  readonly form: UseFormReturnType<TypedEnquiry>;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
  readonly choiceError: string | null;
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly duplicates: readonly Duplicate[];
  readonly save: (options?: {
    readonly confirmDuplicate: boolean;
    readonly customerId?: string;
  }) => Promise<void>;
  readonly backToForm: () => void;
}

export function useNewEnquiry(asking: Chosen): EnteringEnquiry {
  const { branch, user } = useSession();
  const mayOwn = useMay('enquiries:write');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(asking);
  const [choiceError, setChoiceError] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [duplicates, setDuplicates] = useState<readonly Duplicate[]>([]);
  const form = useForm<TypedEnquiry>({
    initialValues: { ...blank, ownerId: mayOwn ? user.id : '' },
    validate: detailRules,
  });
  const save: EnteringEnquiry['save'] = async (options = { confirmDuplicate: false }) => {
    if (isBusy || form.validate().hasErrors) return;
    if (chosen.kind === 'nobody' && options.customerId === undefined) {
      setChoiceError('Find the customer, or enter somebody new.');
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const customerId = await customerOf(form.getValues(), chosen, branch.code, options);
      if (typeof customerId !== 'string') {
        setDuplicates(customerId);
        return;
      }
      // Entered once: when the enquiry itself is refused, the next try goes on with this customer.
      if (chosen.kind === 'new') setChosen(knownAs(customerId, form.getValues()));
      const { body } = await ask<Enquiry>('/enquiries', {
        body: bodyOf(form.getValues(), customerId, branch.code),
        idempotencyKey: newIdempotencyKey(),
      });
      await enquiriesChanged(queries, customerId);
      await navigate({ to: '/enquiries/$id', params: { id: body.id }, replace: true });
    } catch (error) {
      setDuplicates([]);
      const errors = Object.fromEntries(
        Object.entries(fieldErrorsOf(error)).map(([field, message]) => [formField(field), message]),
      );
      form.setErrors(errors);
      if (Object.keys(errors).length === 0) setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = (next: Chosen): void => {
    setChosen(next);
    setChoiceError(null);
  };
  return {
    form,
    chosen,
    choose,
    choiceError,
    problem,
    isBusy,
    duplicates,
    save,
    backToForm: () => setDuplicates([]),
  };
}

const blank: TypedEnquiry = {
  ...emptyDetails,
  source: 'walk_in',
  title: '',
  forename: '',
  surname: '',
  isBusiness: false,
  companyName: '',
  phone: '',
  email: '',
  note: '',
};

function knownAs(customerId: string, { title, forename, surname, companyName }: TypedEnquiry): Chosen {
  const name = [title, forename, surname].filter(Boolean).join(' ') || companyName;
  return { kind: 'known', customerId, name, customerNumber: 'new' };
}

/** The id of whoever is asking, entered where they are new; or those who look like the same person. */
async function customerOf(
  typed: TypedEnquiry,
  chosen: Chosen,
  branch: string,
  options: { readonly confirmDuplicate: boolean; readonly customerId?: string },
): Promise<string | readonly Duplicate[]> {
  if (options.customerId !== undefined) return options.customerId;
  if (chosen.kind === 'known') return chosen.customerId;
  const { title, forename, surname, isBusiness, companyName, phone, email } = typed;
  const body: NewCustomer = {
    kind: isBusiness ? 'company' : 'individual',
    title: title.trim() || null,
    forename: forename.trim() || null,
    surname: surname.trim() || null,
    companyName: isBusiness ? companyName.trim() || null : null,
    branch,
    prospect: true,
    contactPoints: [
      ...(phone.trim() === '' ? [] : [{ kind: 'phone' as const, value: phone }]),
      ...(email.trim() === '' ? [] : [{ kind: 'email' as const, value: email }]),
    ],
    confirmDuplicate: options.confirmDuplicate,
  };
  const answer = await ask<z.infer<typeof customerSchema> | z.infer<typeof duplicatesSchema>>('/customers', {
    body,
    idempotencyKey: newIdempotencyKey(),
  });
  return 'created' in answer.body ? answer.body.duplicates : answer.body.id;
}

function bodyOf(typed: TypedEnquiry, customer: string, branch: string): EnteredEnquiry {
  const { source, note } = typed;
  const written = note.trim();
  return { source, customer, branch, ...givenDetails(typed), ...(written === '' ? {} : { note: written }) };
}

/** Contact points go by their place in the request, where the telephone comes before the email. */
function formField(field: string): string {
  if (field === 'contactPoints.1.value') return 'email';
  if (field === 'contactPoints.0.value') return 'phone';
  return fieldOf(field);
}
