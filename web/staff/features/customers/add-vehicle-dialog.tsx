import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { useReturnFocus } from '../../shared/return-focus.ts';
import { sayDone } from '../../shared/toast.tsx';
import { changeCustomer } from './customer.ts';
import { emptyVehicle, givenVehicle, VehicleFields } from './vehicle-fields.tsx';

/** Makes a vehicle theirs by its registration; one that is known already is found rather than entered twice. */
export function AddVehicleDialog(props: {
  readonly customerId: string;
  readonly close: () => void;
}): ReactNode {
  useReturnFocus();
  const { customerId, close } = props;
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useForm({
    initialValues: emptyVehicle,
    validate: { registration: (value) => (value.trim() === '' ? 'Give the registration.' : null) },
  });
  const submit = form.onSubmit(async (fields) => {
    setBusy(true);
    setProblem(null);
    try {
      await changeCustomer(queries, customerId, '/vehicles', { body: givenVehicle(fields) });
      sayDone(`${fields.registration.toUpperCase()} is theirs now.`);
      close();
    } catch (error) {
      const errors = fieldErrorsOf(error);
      form.setErrors(errors);
      if (Object.keys(errors).length === 0) setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  });
  return (
    <Modal opened={true} onClose={close} title="Add a vehicle">
      <form onSubmit={submit} noValidate={true}>
        <Stack>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <TextInput
            label="Registration"
            placeholder="AB12 CDE"
            autoCapitalize="characters"
            spellCheck={false}
            data-autofocus={true}
            {...form.getInputProps('registration')}
          />
          <VehicleFields inputPropsOf={(field) => form.getInputProps(field)} />
          <Group>
            <Button type="submit" loading={isBusy}>
              Add
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
