import pg from 'pg';
import type { Logger } from './logger.ts';

/**
 * Word of what changed, from any process on the database to every other, by LISTEN and NOTIFY. A subject is a kind
 * and an id, such as `customer:0195…`, never what changed of it. Word can be lost, when a process dies or a connection
 * breaks: whoever listens looks for themselves now and then.
 */
export interface Announcements {
  /** Tells every process, soon; call it once the change is committed. */
  announce(subject: string): void;
  /** Hears of every subject from now on; null: some may have been missed. Answers how to stop. */
  listen(listener: Listener): () => void;
  close(): Promise<void>;
  abort(): void;
}

export type Listener = (subjects: ReadonlySet<string> | null) => void;

/** Whose change concerns so many that it is not said of whom: everybody looks. */
export const everySubject = '*';

const channel = 'navigator_changes';
/** Word of the same moment goes out together: a commit that announces holds up every other one that does. */
const gatherMilliseconds = 20;
/** A notification carries less than 8,000 bytes. */
const payloadBytesMax = 7_000;
const firstRetryMilliseconds = 500;
const lastRetryMilliseconds = 30_000;

export class DatabaseAnnouncements implements Announcements {
  readonly #pool: pg.Pool;
  readonly #connection: pg.ClientConfig;
  readonly #log: Logger;
  readonly #listeners = new Set<Listener>();
  #waiting = new Set<string>();
  #sending: NodeJS.Timeout | undefined;
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retryMilliseconds = firstRetryMilliseconds;
  #connecting: Promise<void> | undefined;
  #isClosed = false;

  constructor(pool: pg.Pool, connection: pg.ClientConfig, log: Logger) {
    this.#pool = pool;
    this.#connection = connection;
    this.#log = log;
  }

  announce(subject: string): void {
    if (this.#isClosed) return;
    this.#waiting.add(subject);
    this.#sending ??= setTimeout(() => void this.#send(), gatherMilliseconds);
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#connect();
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.#send();
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#connecting;
    await this.#client?.end();
  }

  abort(): void {
    this.#isClosed = true;
    clearTimeout(this.#sending);
    clearTimeout(this.#retry);
    void this.#client?.end();
  }

  async #send(): Promise<void> {
    clearTimeout(this.#sending);
    this.#sending = undefined;
    const subjects = this.#waiting;
    this.#waiting = new Set();
    try {
      for (const payload of payloadsOf(subjects)) {
        await this.#pool.query('select pg_notify($1, $2)', [channel, payload]);
      }
    } catch (error) {
      this.#log.warn({ err: error }, 'Other processes were not told of a change');
    }
  }

  #connect(): void {
    if (this.#isClosed || this.#client !== undefined || this.#connecting !== undefined) return;
    this.#connecting = this.#open().finally(() => {
      this.#connecting = undefined;
    });
  }

  async #open(): Promise<void> {
    const client = new pg.Client({ ...this.#connection, keepAlive: true });
    const lost = (error?: Error): void => this.#lost(client, error);
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ payload = '' }) => this.#tell(new Set(payload.split(' '))));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.#client = client;
      this.#retryMilliseconds = firstRetryMilliseconds;
      // Whatever was announced before this moment was not heard.
      this.#tell(null);
    } catch (error) {
      client.end().catch(() => undefined);
      this.#log.warn({ err: error }, 'Changes made by other processes are not heard of; trying again');
      this.#tryLater();
    }
  }

  #lost(client: pg.Client, error: Error | undefined): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = undefined;
    this.#log.warn({ err: error }, 'The connection that hears of changes was lost; connecting again');
    this.#tryLater();
  }

  #tryLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), this.#retryMilliseconds).unref();
    this.#retryMilliseconds = Math.min(2 * this.#retryMilliseconds, lastRetryMilliseconds);
  }

  #tell(subjects: ReadonlySet<string> | null): void {
    for (const listener of this.#listeners) listener(subjects);
  }
}

function* payloadsOf(subjects: ReadonlySet<string>): Generator<string> {
  let payload = '';
  for (const subject of subjects) {
    if (payload.length + subject.length > payloadBytesMax) {
      yield payload;
      payload = '';
    }
    payload += payload === '' ? subject : ` ${subject}`;
  }
  if (payload !== '') yield payload;
}
