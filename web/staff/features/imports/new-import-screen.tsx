import { getRouteApi, Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Screen } from '../../shared/screen.tsx';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import type { ImportDraft } from './drafts.ts';
import { FilesStep } from './files-step.tsx';
import classes from './imports.module.css';
import { newFileId } from './upload.ts';
import { useDraft } from './use-draft.ts';
import type { WizardStep } from './wizard-steps.ts';
import { wizardSteps } from './wizard-steps.ts';

const route = getRouteApi('/signed-in/imports/new');

const stepWords: Readonly<Record<WizardStep, string>> = {
  files: 'Choose the files',
  columns: 'Say what the columns are',
  check: 'See what would happen',
};

/** Brings customers in: the files, what their columns mean, what would happen, and only then the import. */
export function NewImportScreen(): ReactNode {
  const { draft, step = 'files' } = route.useSearch();
  if (draft === undefined)
    return <Navigate to="/imports/new" search={{ draft: newFileId() }} replace={true} />;
  return <Wizard key={draft} id={draft} asked={step} />;
}

function Wizard({ id, asked }: { readonly id: string; readonly asked: WizardStep }): ReactNode {
  const atHand = useDraft(id);
  const navigate = route.useNavigate();
  const go = (step: WizardStep): void => void navigate({ search: { draft: id, step } });
  const step = reachable(asked, atHand.draft);
  return (
    <Screen title="Import files" documentTitle={stepWords[step]}>
      <ol className={classes['steps']} aria-label="Steps">
        {wizardSteps.map((each, index) => (
          <li
            key={each}
            className={classes['step']}
            data-current={each === step || undefined}
            aria-current={each === step ? 'step' : undefined}
          >
            {index + 1}. {stepWords[each]}
          </li>
        ))}
      </ol>
      {step === 'files' && <FilesStep atHand={atHand} go={go} />}
      {step === 'columns' && <ColumnsStep atHand={atHand} go={go} />}
      {step === 'check' && <CheckStep atHand={atHand} go={go} />}
    </Screen>
  );
}

/** A step that was linked to, unless something before it is missing. */
function reachable(asked: WizardStep, { customers }: ImportDraft): WizardStep {
  return customers === null ? 'files' : asked;
}
