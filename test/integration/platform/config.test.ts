import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { namedData, readConfig } from '../../../src/config.ts';

const projectFolder = path.resolve(import.meta.dirname, '../../..');

const noGateways = { email: null, sms: null, publicUrl: null };

test('without any setting Navigator serves this machine on port 4600 from the folder data of the project', () => {
  expect(readConfig({})).toEqual({
    port: 4600,
    host: '127.0.0.1',
    dataFolder: path.join(projectFolder, 'data'),
    demo: true,
    demoLegalEntities: 1,
    logLevel: 'info',
    gateways: noGateways,
  });
});

test('every setting is read from the environment, and an empty one counts as not given', () => {
  const secret = 'ab'.repeat(32);
  expect(
    readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgres://user@host/database',
      NAVIGATOR_DATA: '/somewhere/else',
      NAVIGATOR_DEMO: 'OFF',
      NAVIGATOR_DEMO_ENTITIES: '2',
      LOG_LEVEL: 'debug',
      NAVIGATOR_SECRET: secret,
      NAVIGATOR_PROXY: '10.0.0.5, 2001:db8::/32',
    }),
  ).toEqual({
    port: 8080,
    host: '0.0.0.0',
    databaseUrl: 'postgres://user@host/database',
    dataFolder: path.resolve('/somewhere/else'),
    demo: false,
    demoLegalEntities: 2,
    logLevel: 'debug',
    secret: Buffer.from(secret, 'hex'),
    proxies: ['loopback', '10.0.0.5', '2001:db8::/32'],
    gateways: noGateways,
  });
  expect(readConfig({ PORT: '', DATABASE_URL: '', NAVIGATOR_SECRET: '' })).toEqual(readConfig({}));
});

describe('a provider of OpenID Connect', () => {
  const given = {
    NAVIGATOR_OIDC_ISSUER: 'https://login.example.com/v2',
    NAVIGATOR_OIDC_CLIENT_ID: 'navigator',
  };

  test('is set by its issuer and the client, and is called by its host unless it has a name', () => {
    expect(readConfig({}).signIn).toBeUndefined();
    expect(readConfig(given).signIn).toEqual({
      provider: {
        issuer: given.NAVIGATOR_OIDC_ISSUER,
        clientId: 'navigator',
        clientSecret: null,
        name: 'login.example.com',
      },
      passwordsOnlyFor: null,
    });
    const file = path.join(projectFolder, 'LICENSE');
    const more = { NAVIGATOR_OIDC_NAME: 'Hallam', NAVIGATOR_PASSWORDS_ONLY_FOR: 'ruth' };
    const signIn = readConfig({ ...given, ...more, NAVIGATOR_OIDC_CLIENT_SECRET_FILE: file }).signIn;
    expect(signIn).toMatchObject({ provider: { name: 'Hallam' }, passwordsOnlyFor: 'ruth' });
    expect(signIn?.provider.clientSecret).toMatch(/^MIT License/);
    const secret = { NAVIGATOR_OIDC_CLIENT_SECRET: 'hunter2' };
    expect(readConfig({ ...given, ...secret }).signIn?.provider.clientSecret).toBe('hunter2');
  });

  test.each([
    ['NAVIGATOR_OIDC_ISSUER', { NAVIGATOR_OIDC_ISSUER: 'http://login.example.com' }],
    ['NAVIGATOR_OIDC_ISSUER', { NAVIGATOR_OIDC_ISSUER: '', NAVIGATOR_PASSWORDS_ONLY_FOR: 'ruth' }],
    ['NAVIGATOR_OIDC_CLIENT_ID', { NAVIGATOR_OIDC_CLIENT_ID: '' }],
    ['NAVIGATOR_OIDC_CLIENT_SECRET_FILE', { NAVIGATOR_OIDC_CLIENT_SECRET_FILE: '/nowhere/at/all' }],
    ['NAVIGATOR_OIDC_CLIENT_SECRET_FILE', { NAVIGATOR_OIDC_CLIENT_SECRET_FILE: '/dev/null' }],
  ])('that cannot be used ends the start with a sentence about %s', (name, change) => {
    expect(() => readConfig({ ...given, ...change })).toThrow(
      expect.objectContaining({ name: 'StartError', message: expect.stringContaining(name) }),
    );
  });
});

test('a command names the data it works on, unless it is the usual folder, and never tells a password', () => {
  expect(namedData(readConfig({}))).toBeNull();
  expect(namedData(readConfig({ NAVIGATOR_DATA: path.join(projectFolder, 'data') }))).toBeNull();
  const own = path.resolve('/somewhere/else');
  expect(namedData(readConfig({ NAVIGATOR_DATA: own }))).toBe(`the data folder ${own}`);
  const external = readConfig({ DATABASE_URL: 'postgres://user:hunter2@host/database' });
  expect(namedData(external)).toContain('DATABASE_URL');
  expect(namedData(external)).not.toContain('hunter2');
});

test('a secret may be written in base64 as well', () => {
  const secret = Buffer.alloc(32, 0xf7);
  expect(readConfig({ NAVIGATOR_SECRET: secret.toString('base64') }).secret).toEqual(secret);
  expect(readConfig({ NAVIGATOR_SECRET: secret.toString('base64url') }).secret).toEqual(secret);
});

describe('a setting that makes no sense ends in one sentence that names it', () => {
  test.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'mysql://user:hunter2@host/database'],
    ['NAVIGATOR_DEMO', 'perhaps'],
    ['NAVIGATOR_DEMO_ENTITIES', '3'],
    ['LOG_LEVEL', 'loud'],
    ['NAVIGATOR_SECRET', 'hunter2'],
    ['NAVIGATOR_PROXY', 'everybody'],
    ['NAVIGATOR_PROXY', '10.0.0.5,'],
    ['NAVIGATOR_PROXY', '10.0.0.0/33'],
    ['NAVIGATOR_SECRET', 'not a secret: hunter2'],
  ])('%s=%s', (name, value) => {
    const attempt = (): unknown => readConfig({ [name]: value });
    expect(attempt).toThrow(
      expect.objectContaining({ name: 'StartError', message: expect.stringContaining(name) }),
    );
    expect(attempt).not.toThrow(/hunter2/);
  });
});
