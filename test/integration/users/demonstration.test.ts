import { describe, expect, it } from 'vitest';
import {
  demonstrationStaff,
  newDemonstrationPassword,
  openDemonstrationStaff,
} from '../../../seeds/demonstration-staff.ts';
import { closeDemonstrationAccounts } from '../../../src/features/users/demonstration/service.ts';
import { requireGoodPassword } from '../../../src/features/users/password.ts';
import { roles } from '../../../src/features/users/roles.ts';
import { makeSetUpToken } from '../../../src/features/users/set-up/service.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { browserOn, givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

describe('the accounts of the demonstration', () => {
  it('are one for each role, with one password that is another in each installation', async () => {
    await givenStaff(api.context, 'maya', { role: 'adviser' });
    const password = newDemonstrationPassword();
    expect(newDemonstrationPassword()).not.toBe(password);
    for (const { username } of demonstrationStaff) requireGoodPassword(password, username);
    expect(demonstrationStaff.map(({ role }) => role)).toEqual(roles);
    await openDemonstrationStaff(api.context, password);
    expect((await browserOn(api).signIn('amira', password)).body).toMatchObject({
      user: { role: 'adviser' },
    });
    // Somebody else had this username: it stays theirs.
    expect((await browserOn(api).signIn('maya', password)).status).toBe(401);
    expect((await browserOn(api).signIn('maya')).status).toBe(201);
  });

  it('let nobody in where the demonstration is off, and come back with it', async () => {
    const [first, second] = [newDemonstrationPassword(), `${newDemonstrationPassword()}-two`];
    await openDemonstrationStaff(api.context, first);
    const browser = browserOn(api);
    expect((await browser.signIn('ruth', first)).status).toBe(201);
    expect(await makeSetUpToken(api.context)).toBeNull();
    await closeDemonstrationAccounts(api.context);
    expect((await browser.ask('/session')).status).toBe(204);
    expect((await browser.signIn('ruth', first)).status).toBe(401);
    // What a real installation needs next is its own administrator.
    expect(await makeSetUpToken(api.context)).not.toBeNull();
    await openDemonstrationStaff(api.context, second);
    expect((await browserOn(api).signIn('ruth', second)).status).toBe(201);
    expect((await browserOn(api).signIn('ruth', first)).status).toBe(401);
  });
});
