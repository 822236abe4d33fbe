import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { besideFields, FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { sayDone } from '../../shared/toast.tsx';
import { changeCustomer } from './customer.ts';
import { emptyVehicle, givenVehicle, VehicleFields } from './vehicle-fields.tsx';

/** Makes a vehicle theirs by its registration; one that is known already is found rather than entered twice. */
export function AddVehicleDialog(props: {
  readonly customerId: string;
  readonly close: () => void;
}): ReactNode {
  const { customerId, close } = props;
  const queries = useQueryClient();
  const submission = useSubmission();
  const form = useForm({
    initialValues: emptyVehicle,
    validate: { registration: (value) => (value.trim() === '' ? 'Give the registration.' : null) },
  });
  const submit = form.onSubmit((fields) =>
    submission.run(async () => {
      await changeCustomer(queries, customerId, '/vehicles', { body: givenVehicle(fields) });
      sayDone(`${fields.registration.toUpperCase()} is theirs now.`);
      close();
    }, besideFields(form)),
  );
  return (
    <FormDialog title="Add a vehicle" verb="Add" submit={submit} submission={submission} close={close}>
      <TextInput
        label="Registration"
        placeholder="AB12 CDE"
        autoCapitalize="characters"
        spellCheck={false}
        data-autofocus={true}
        {...form.getInputProps('registration')}
      />
      <VehicleFields inputPropsOf={(field) => form.getInputProps(field)} />
    </FormDialog>
  );
}
