/**
 * Requests that cannot be answered. These six are the only ones; expected outcomes (a refused contact, a
 * rejected row) are values. The message is one sentence for a person, without personal data.
 */
export abstract class ApplicationError extends Error {
  abstract readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  /** The field at fault, where there is one, as a path such as `cells.0.channel`. */
  readonly field: string | undefined;
  /** The position that stands now, where the request was made against an older one. */
  readonly sequence: number | undefined;

  constructor(
    message: string,
    options: { code?: string; field?: string; sequence?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code ?? this.name.replace(/Error$/, '').toLowerCase();
    this.field = options.field;
    this.sequence = options.sequence;
  }
}

export class NotFoundError extends ApplicationError {
  readonly status = 404;
}

/** Somebody else was first, or the request was made against an older state. */
export class ConflictError extends ApplicationError {
  readonly status = 409;
}

export class InvalidError extends ApplicationError {
  readonly status = 422;
}

export class ForbiddenError extends ApplicationError {
  readonly status = 403;
}

export class UnauthenticatedError extends ApplicationError {
  readonly status = 401;
}

export class RateLimitedError extends ApplicationError {
  readonly status = 429;
  /** When it is worth trying again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: { code?: string; retryAfterSeconds?: number } = {}) {
    super(message, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
