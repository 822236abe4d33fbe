import type { ModalProps } from '@mantine/core';
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { fieldErrorsOf, sentenceOf } from './api-problem.ts';
import classes from './dialog.module.css';
import { aboveDialogs, dialogAbove, useIsThere, usePresent, workInHand } from './presence.ts';
import { useReturnFocus } from './return-focus.tsx';

interface FormDialogProps {
  readonly title: ReactNode;
  readonly size?: ModalProps['size'];
  /** The verb of the button that does it. */
  readonly verb: string;
  readonly submit: (event: FormEvent<HTMLFormElement>) => void;
  readonly submission: Pick<Submission, 'problem' | 'isBusy'>;
  /** It cannot be taken back at a press. */
  readonly isDangerous?: boolean;
  /** Why it cannot be done yet, beside the buttons; null where it can. */
  readonly missing?: string | null;
  /** It lies over whatever else is open. */
  readonly isAbove?: boolean;
  readonly close: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog that asks for something and does it: what went wrong on top, the fields, and two ways out. It exists only
 * while it is open, and the focus goes back to where it was.
 */
export function FormDialog(props: FormDialogProps): ReactNode {
  useReturnFocus();
  // What is typed here is lost when somebody is led away.
  usePresent(workInHand);
  const isBelow = useIsThere(dialogAbove) && props.isAbove !== true;
  const { title, size = 'md', verb, submit, submission, isDangerous = false, missing, close } = props;
  return (
    <Modal
      opened={true}
      onClose={close}
      title={title}
      size={size}
      classNames={{ content: classes['dialog'] ?? '' }}
      closeOnEscape={!isBelow}
      {...(props.isAbove === true ? { zIndex: aboveDialogs } : {})}
    >
      <form
        noValidate={true}
        onSubmit={(event) => {
          event.preventDefault();
          if (!submission.isBusy && missing == null) submit(event);
        }}
      >
        <Stack>
          {submission.problem !== null && (
            <Alert color="red" variant="light" role="alert">
              <Text c="var(--text)">{submission.problem}</Text>
            </Alert>
          )}
          {props.children}
          <Group className={classes['waysOut'] ?? ''}>
            <Button
              type="submit"
              loading={submission.isBusy}
              disabled={missing != null}
              color={isDangerous ? 'red.9' : 'petrol'}
              // Where no field says that it comes first; never on Close, which an early Enter would press.
              data-autofocus={!isDangerous || undefined}
            >
              {verb}
            </Button>
            <Button variant="default" onClick={close} data-autofocus={isDangerous || undefined}>
              Cancel
            </Button>
            {missing != null && missing !== '' && <Text c="dimmed">{missing}</Text>}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type FieldErrors = Readonly<Record<string, string>>;

/** What one press of the button leads to. */
export interface Submission {
  /** Why it was refused, where no field says so. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  /**
   * Does it, and says why it was refused: beside the fields by `showBeside`, else above them all. What `act` does
   * last, such as closing, happens only when it went well.
   *
   * @param showBeside shows what belongs to fields; answers whether that says it all.
   */
  readonly run: (
    act: () => Promise<void>,
    showBeside?: (errors: FieldErrors, error: unknown) => boolean | Promise<boolean>,
  ) => Promise<void>;
  /** Says something above all fields. */
  readonly say: (problem: string | null) => void;
}

export function useSubmission(): Submission {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  return {
    problem,
    isBusy,
    say: setProblem,
    run: async (act, showBeside = () => false) => {
      setBusy(true);
      setProblem(null);
      try {
        await act();
      } catch (error) {
        const isSaid = await showBeside(fieldErrorsOf(error), error);
        if (!isSaid) setProblem(sentenceOf(error));
      } finally {
        setBusy(false);
      }
    },
  };
}

/** Shows refusals beside the fields of a form; `nameOf` says which field of the form the server means. */
export function besideFields(
  form: { readonly setErrors: (errors: FieldErrors) => void },
  nameOf: (field: string) => string = (field) => field,
): (errors: FieldErrors) => boolean {
  return (errors) => {
    const named = Object.entries(errors).map(([field, message]) => [nameOf(field), message] as const);
    form.setErrors(Object.fromEntries(named));
    return named.length > 0;
  };
}
