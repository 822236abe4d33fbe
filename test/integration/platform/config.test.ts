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
