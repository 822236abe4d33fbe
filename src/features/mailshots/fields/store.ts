import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from '../../../platform/tables.ts';

export interface ModelRow {
  readonly make: string | null;
  readonly model: string | null;
}

/** Makes with their models, in every way they are written, the most frequent first. */
export async function findModels(db: Kysely<Tables>, limit: number): Promise<ModelRow[]> {
  const { rows } = await sql<ModelRow>`
    select make, model
    from vehicle
    where make is not null or model is not null
    group by make, model
    order by count(*) desc, make, model
    limit ${limit}`.execute(db);
  return rows;
}
