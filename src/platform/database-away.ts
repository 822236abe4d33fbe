/**
 * Whether an error says that the database cannot be reached, or broke the connection off, rather than that it
 * refused what it was asked. Looks through causes, and through the attempts at each address of a host.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as { readonly code?: unknown; readonly syscall?: unknown };
  if (isCodeOfLoss(code)) return true;
  // A file that is not there has the same code as a socket that is not there.
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  if (messagesOfLoss.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true;
  return isDatabaseAway(error.cause);
}

/** Whether the database took longer over an answer than the one who asked is kept waiting. */
export function isOutOfPatience(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  return code === '57014' || code === '25P03' || isOutOfPatience(error.cause);
}

/** Of PostgreSQL: class 08, too many connections, shutting down, crashed, starting up. */
const sqlStates: ReadonlySet<string> = new Set(['53300', '57P01', '57P02', '57P03']);
const systemCodes: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

function isCodeOfLoss(code: unknown): boolean {
  if (typeof code !== 'string') return false;
  return sqlStates.has(code) || systemCodes.has(code) || /^08[0-9A-Z]{3}$/.test(code);
}

// why: pg gives these no code.
const messagesOfLoss =
  /^(?:Connection terminated|Connection ended unexpectedly|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;
