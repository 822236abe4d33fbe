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

/** An unknown field is named itself, and a value of several forms by the faults in the form it comes nearest to. */
export function schemaFaults(issues: readonly SchemaIssue[]): SchemaFault[] {
  return issues
    .flatMap((issue) => located(issue, []))
    .map(({ path, message }) => ({ field: path.map(String).join('.'), message }));
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
