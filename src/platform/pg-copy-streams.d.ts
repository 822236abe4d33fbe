declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** Sends rows to COPY … FROM STDIN; emits `finish` when the server has them. */
  export function from(statement: string): Writable & Submittable & { readonly rowCount: number };

  /** The rows of COPY … TO STDOUT. */
  export function to(statement: string): Readable & Submittable;
}
