import type { z } from 'zod';
import { plainFault } from '../domain/plain-fault.ts';

/** What is wrong with a value, and where: `field` is a path such as `cells.0.channel`. */
export interface SchemaFault {
  readonly field: string;
  /** Names what is allowed, never what was sent. */
  readonly message: string;
}

/** A fault as zod tells it. */
export interface SchemaIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Fields that are not known. */
  readonly keys?: readonly string[];
  /** For a value that may have one of several forms, what is wrong with it in each of them. */
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

type Located = Pick<SchemaIssue, 'path' | 'message'>;

/** What a schema does not allow in a request. */
export class SchemaFaultsError extends Error {
  override readonly name = 'SchemaFaultsError';
  readonly faults: readonly SchemaFault[];

  constructor(faults: readonly SchemaFault[]) {
    super('A value is not allowed.');
    this.faults = faults;
  }
}

/**
 * Reads a value that came from outside: itself as the schema makes it, or what is wrong with it in plain words.
 * `whole` is what the value is called where it is wrong as a whole.
 */
export function readBySchema<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  whole = '',
): { readonly value: z.output<Schema> } | { readonly error: SchemaFaultsError } {
  const result = schema.safeParse(value, { error: plainFault });
  return result.success
    ? { value: result.data }
    : { error: new SchemaFaultsError(schemaFaults(result.error.issues, whole)) };
}

/** An unknown field is named itself, and a value of several forms by the faults in the form it comes nearest to. */
function schemaFaults(issues: readonly SchemaIssue[], whole = ''): SchemaFault[] {
  return issues
    .flatMap((issue) => located(issue, []))
    .map(({ path, message }) => ({ field: path.map(String).join('.') || whole, message }));
}

function located(
  { path: below, message, keys, errors }: SchemaIssue,
  above: readonly PropertyKey[],
): Located[] {
  const path = [...above, ...below];
  if (keys !== undefined) {
    return keys.map((key) => ({
      path: [...path, key],
      message: 'This field is not known: leave it out or correct its name.',
    }));
  }
  const forms = (errors ?? []).map((form) => form.flatMap((issue) => located(issue, path)));
  return nearestOf(forms) ?? [{ path, message }];
}

/** The form whose faults lie deepest, and of those the one with the fewest; undefined where two come as near. */
function nearestOf(forms: readonly Located[][]): Located[] | undefined {
  const depthOf = (form: readonly Located[]): number => Math.max(...form.map(({ path }) => path.length));
  const [nearest, next] = forms.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
  if (nearest === undefined || next === undefined) return nearest;
  return depthOf(nearest) === depthOf(next) && nearest.length === next.length ? undefined : nearest;
}
