import type { OfferedOperator } from '../../../domain/selection-field-words.ts';
import { offeredOperators, unitOf } from '../../../domain/selection-field-words.ts';
import type { SelectionField, SelectionFieldName } from '../../../domain/selection-fields.ts';
import { fieldOf, selectionFieldNames } from '../../../domain/selection-fields.ts';
import type { CustomerKind } from '../../../domain/vocabulary.ts';
import { customerKinds } from '../../../domain/vocabulary.ts';
import type { Context } from '../../../platform/context.ts';
import { listBranches } from '../../branches/service.ts';
import type { ModelRow } from './store.ts';
import { findModels } from './store.ts';

/**
 * What criteria can be built of: every field with the ways of asking about it, and the choices on file.
 * Guarantees that whatever is offered is understood by a selection.
 */
export interface FieldChoice {
  readonly value: string;
  readonly label: string;
  /** Of a model: whose it is. */
  readonly make: string | null;
}

export interface OfferedField extends Pick<SelectionField, 'label' | 'about' | 'type'> {
  readonly field: SelectionFieldName;
  readonly unit: string | null;
  readonly operators: readonly OfferedOperator[];
  /** Null: anything can be written. */
  readonly choices: readonly FieldChoice[] | null;
  readonly example: string | null;
}

/** The most frequent ones: more than anybody reads through, and any other can still be written. */
const modelsMax = 2_000;

const kindLabels: Readonly<Record<CustomerKind, string>> = {
  individual: 'Private person',
  sole_trader: 'Sole trader',
  partnership: 'Partnership',
  scottish_partnership: 'Scottish partnership',
  llp: 'Limited liability partnership',
  company: 'Company',
  government: 'Government body',
  unknown: 'Unknown',
};

export async function offeredFields(context: Context): Promise<OfferedField[]> {
  const [branches, models] = await Promise.all([
    listBranches(context),
    findModels(context.database.db, modelsMax),
  ]);
  const choices: Partial<Record<SelectionFieldName, FieldChoice[]>> = {
    branch: branches.map(({ code, name }) => ({ value: code, label: name, make: null })),
    kind: customerKinds.map((kind) => ({ value: kind, label: kindLabels[kind], make: null })),
    make: makesOf(models),
    model: modelsOf(models),
  };
  return selectionFieldNames.map((field) => {
    const { label, about, type, form } = fieldOf(field);
    return {
      field,
      label,
      about,
      type,
      unit: unitOf(field),
      operators: offeredOperators(field),
      choices: choices[field] ?? null,
      example: form?.example ?? null,
    };
  });
}

/** Each make once, as it is written most often, by name. */
function makesOf(models: readonly ModelRow[]): FieldChoice[] {
  return offered(models.flatMap(({ make }) => (make === null ? [] : [{ value: make, make: null }])));
}

function modelsOf(models: readonly ModelRow[]): FieldChoice[] {
  return offered(models.flatMap(({ make, model }) => (model === null ? [] : [{ value: model, make }])));
}

// why: criteria do not tell capitals from small letters, so that one way of writing stands for all.
function offered(found: readonly Omit<FieldChoice, 'label'>[]): FieldChoice[] {
  const choices = new Map<string, FieldChoice>();
  for (const { value, make } of found) {
    const key = `${make ?? ''}\n${value}`.toLowerCase();
    if (!choices.has(key)) choices.set(key, { value, label: value, make });
  }
  return [...choices.values()].sort((a, b) => a.label.localeCompare(b.label, 'en-GB'));
}
