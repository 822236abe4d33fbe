import type { Logger as PinoLogger } from 'pino';
import pino from 'pino';

export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly level?: pino.LevelWithSilent;
  /** The command line keeps standard output for its answers, so its log goes to standard error. */
  readonly destination?: 'stdout' | 'stderr' | pino.DestinationStream;
}

const removed = '[removed]';

/**
 * JSON lines. Callers log ids, codes and counts only; that rule is the first line of defence. This is the
 * second: values under a name that holds personal data or a secret are removed at any depth, and whatever
 * looks like an email address, a telephone number or a password in an address is removed from the finished
 * line, message and stack included.
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { level = 'info', destination = 'stderr' } = options;
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: serializeError, error: serializeError },
      formatters: {
        level: (label) => ({ level: label }),
        log: (entry) => withoutPersonalFields(entry, 0) as Record<string, unknown>,
      },
      hooks: { streamWrite: scrubText },
    },
    typeof destination === 'string'
      ? pino.destination({ dest: destination === 'stdout' ? 1 : 2, sync: true })
      : destination,
  );
}

/** For code that must log in places where nothing shall be written, such as tests. */
export function silentLogger(): Logger {
  return createLogger({ level: 'silent' });
}

const personalFields = new Set(
  [
    'title',
    'name',
    'forename',
    'surname',
    'full_name',
    'company',
    'address',
    'address1',
    'address2',
    'address3',
    'town',
    'county',
    'postcode',
    'email',
    'email_address',
    'phone',
    'telephone',
    'mobile',
    'landline',
    'home_phone',
    'work_phone',
    'contact_point',
    'social_handle',
    'registration',
    'vrm',
    'vin',
    'date_of_birth',
    'birthday',
    'notes',
    'note',
    'free_text',
    'body',
    'password',
    'secret',
    'token',
    'api_key',
    'authorization',
    'cookie',
    'connection_string',
    'database_url',
    'detail',
    'where',
    'parameters',
    'internal_query',
    'query_text',
  ].map(comparable),
);

function comparable(fieldName: string): string {
  return fieldName.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

const deepest = 8;

function withoutPersonalFields(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Error) return serializeError(value);
  if (depth >= deepest || ArrayBuffer.isView(value)) return removed;
  if (Array.isArray(value)) return value.map((item) => withoutPersonalFields(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      personalFields.has(comparable(key)) ? removed : withoutPersonalFields(inner, depth + 1),
    ]),
  );
}

// why: a PostgreSQL error carries the offending row in `detail` and the statement in other properties, so
// only properties known to be harmless are copied.
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutPersonalFields(error, 1);
  const { code, constraint, table, routine } = error as Error & Record<string, unknown>;
  // why: PostgreSQL repeats in quotation marks the very value that it could not read.
  const isOfDatabase = typeof routine === 'string';
  const message = isOfDatabase ? error.message.replace(/".*"/s, `"${removed}"`) : error.message;
  const stack = error.stack?.replace(error.message, () => message);
  return {
    type: error.name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(isOfDatabase ? { routine } : {}),
    ...(stack === undefined ? {} : { stack }),
    ...(error.cause === undefined ? {} : { cause: serializeError(error.cause) }),
  };
}

const emailAddress = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g;
const telephoneNumber = /(?<![\w.:-])(?:\+44|0044|\(?0)[\d ()-]{9,14}\d(?![\w:-])/g;
const addressPassword = /(:\/\/[^\s:@/"]*:)[^\s@/"]+@/g;

function scrubText(line: string): string {
  return line
    .replaceAll(addressPassword, `$1${removed}@`)
    .replaceAll(emailAddress, removed)
    .replaceAll(telephoneNumber, removed);
}
