import { randomBytes } from 'node:crypto';
import { createUser } from '../../../src/features/users/service.ts';
import { changeUser, listUsers } from '../../../src/features/users/staff/service.ts';
import type { AppOptions } from '../../../src/main.ts';
import { buildApp } from '../../../src/main.ts';
import { openDatabase } from '../../../src/platform/database.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import type { Screens } from '../../../src/staff-screens.ts';
import { contextOn, mondayMorning } from '../../support/context.ts';
import type { TestServer } from '../../support/test-server.ts';

/** Somebody who works at the dealership, with what they type to sign in. */
export interface Person {
  readonly fullName: string;
  readonly username: string;
  readonly password: string;
}

export interface Dealership {
  /** Where its screens are. */
  readonly address: string;
  readonly context: Awaited<ReturnType<typeof contextOn>>;
  /** A member of staff with this role; the same person when asked again by the same name. */
  employs(fullName: string, role: string): Promise<Person>;
  /** Ends the access of somebody who worked here. */
  dismisses(person: Person): Promise<void>;
  /** Everything the server does happens at this instant from now on. */
  travelTo(instant: string): void;
  close(): Promise<void>;
}

const password = 'three quiet lanterns';

/** A whole Navigator of its own, in this process, on a fresh clone of the migrated database. */
export async function openDealership(
  server: TestServer,
  screens: Screens,
  signIn?: AppOptions['signIn'],
): Promise<Dealership> {
  const name = `navigator_journey_${randomBytes(6).toString('hex')}`;
  await server.administer(`create database ${name} template ${server.template}`);
  const application = openDatabase(server.settingsOf(name), {
    role: 'application',
    logger: silentLogger(),
  });
  const context = await contextOn({ application }, mondayMorning);
  const app = await buildApp(context, { screens, ...(signIn === undefined ? {} : { signIn }) });
  // biome-ignore lint/nursery/useAwaitThenable: without a callback, listen answers a promise.
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const staff = new Map<string, Person>();
  return {
    address,
    context,
    employs: async (fullName, role) => {
      const known = staff.get(fullName);
      if (known !== undefined) return known;
      const username = fullName.toLowerCase().replaceAll(/[^a-z]+/g, '.');
      await createUser(context, { username, fullName, role, password });
      const person = { fullName, username, password };
      staff.set(fullName, person);
      return person;
    },
    dismisses: async ({ username }) => {
      const { users } = await listUsers(context, null, 100);
      const user = users.find((known) => known.username === username);
      if (user === undefined) throw new Error(`${username} does not work here.`);
      const by = { expectedVersion: user.version, actor: { kind: 'system', id: 'journey' } } as const;
      await changeUser(context, user.id, { disabled: true }, by);
    },
    travelTo: (instant) => context.clock.set(instant),
    close: async () => {
      await app.close();
      await application.close();
      await server.administer(`drop database ${name} with (force)`);
    },
  };
}
