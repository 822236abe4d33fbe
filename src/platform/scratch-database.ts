import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DatabaseSettings } from './database.ts';
import { clientConfig } from './database.ts';

/**
 * Runs work on an empty database of its own, on the same server, and drops it afterwards: for whatever must
 * not touch the dealer's records.
 */
export async function withScratchDatabase<Result>(
  settings: DatabaseSettings,
  work: (scratch: DatabaseSettings) => Promise<Result>,
): Promise<Result> {
  const name = `navigator_scratch_${randomBytes(6).toString('hex')}`;
  await administer(settings, `create database ${name}`);
  try {
    return await work(named(settings, name));
  } finally {
    await administer(settings, `drop database if exists ${name} with (force)`);
  }
}

function named(settings: DatabaseSettings, name: string): DatabaseSettings {
  if (!('connectionString' in settings)) return { ...settings, database: name };
  const url = new URL(settings.connectionString);
  url.pathname = `/${name}`;
  return { connectionString: url.toString() };
}

async function administer(settings: DatabaseSettings, statement: string): Promise<void> {
  const client = new pg.Client(clientConfig(settings, 'owner'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
