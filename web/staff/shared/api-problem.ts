/** What went wrong with a request, as a sentence for a person; the shape is that of the API's problem details. */
export class ApiProblem extends Error {
  /** The HTTP status; 0 when no answer came at all. */
  readonly status: number;
  /** Stable, to be compared. */
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** Seconds to wait, where the server said so. */
  readonly retryAfterSeconds: number | null;
  /** What else the server put into the problem, such as the newer state of a record. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    fields: {
      status: number;
      code: string;
      detail: string;
      errors?: readonly { readonly field: string; readonly message: string }[];
      retryAfterSeconds?: number | null;
      details?: Readonly<Record<string, unknown>>;
    },
    options?: ErrorOptions,
  ) {
    super(fields.detail, options);
    this.name = 'ApiProblem';
    this.status = fields.status;
    this.code = fields.code;
    this.errors = fields.errors ?? [];
    this.retryAfterSeconds = fields.retryAfterSeconds ?? null;
    this.details = fields.details ?? {};
  }
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  return 'Something went wrong in this page. Load it again; if it stays, tell your administrator.';
}

/** Messages by field, for a form; a field deep inside is found under its path, such as `answers.0.channel`. */
export function fieldErrorsOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(error.errors.map(({ field, message }) => [field, message]));
}

/** Reads problem details out of an answer that is not a success, whatever its body turns out to be. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after'));
  const retryAfterSeconds = Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null;
  const details = await detailsOf(response);
  return new ApiProblem({
    status: response.status,
    code: typeof details['code'] === 'string' ? details['code'] : 'failed',
    detail:
      typeof details['detail'] === 'string'
        ? details['detail']
        : 'Navigator could not answer. Try again; if it stays, tell your administrator.',
    errors: errorsOf(details['errors']),
    retryAfterSeconds,
    details,
  });
}

async function detailsOf(response: Response): Promise<Record<string, unknown>> {
  if (!(response.headers.get('content-type') ?? '').includes('json')) return {};
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function errorsOf(value: unknown): { field: string; message: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { field, message } = entry as { field?: unknown; message?: unknown };
    return typeof field === 'string' && typeof message === 'string' ? [{ field, message }] : [];
  });
}
