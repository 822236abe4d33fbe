import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { readGatewaySettings } from './gateway-settings.ts';
import type { GatewaySettings } from './gateways/gateways.ts';
import { StartError } from './platform/start-error.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Config {
  readonly port: number;
  readonly host: string;
  /** An external PostgreSQL. Without it the embedded one in `dataFolder` is used. */
  readonly databaseUrl?: string;
  /** Absolute. Holds the embedded database, the installation secret and whatever must outlive a restart. */
  readonly dataFolder: string;
  /** Whether an empty database is filled with the demonstration dealership at first start. */
  readonly demo: boolean;
  /** How many legal entities the demonstration dealership has: with two, Barnsley is another controller. */
  readonly demoLegalEntities: 1 | 2;
  readonly logLevel: LogLevel;
  /** The installation secret when the operator keeps it outside the data folder; at least 32 bytes. */
  readonly secret?: Buffer;
  /** Addresses of the proxies in front, besides this machine's own. */
  readonly proxies?: readonly string[];
  /** The ways out of the house; none that is not set. */
  readonly gateways: GatewaySettings;
  /** Without it everybody signs in by password. */
  readonly signIn?: SignInConfig;
}

/** Staff sign in with a provider of OpenID Connect, too, or there only. */
export interface SignInConfig {
  readonly provider: ProviderConfig;
  /** The username of the one person who may still sign in by password; null where everybody may. */
  readonly passwordsOnlyFor: string | null;
}

export interface ProviderConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly name: string;
}

const projectFolder = path.resolve(import.meta.dirname, '..');
const usualDataFolder = path.join(projectFolder, 'data');
const secretBytes = 32;

/** Reads every setting Navigator knows from the environment; an empty value counts as not given. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const databaseUrl = readDatabaseUrl(environment['DATABASE_URL']);
  const secret = readSecret(environment['NAVIGATOR_SECRET']);
  const proxies = readProxies(environment['NAVIGATOR_PROXY']);
  const signIn = readSignIn(environment);
  return {
    port: readPort(environment['PORT']),
    host: environment['HOST'] || '127.0.0.1',
    dataFolder: path.resolve(environment['NAVIGATOR_DATA'] || usualDataFolder),
    demo: readSwitch('NAVIGATOR_DEMO', environment['NAVIGATOR_DEMO'], true),
    demoLegalEntities: readLegalEntities(environment['NAVIGATOR_DEMO_ENTITIES']),
    logLevel: readLogLevel(environment['LOG_LEVEL']),
    gateways: readGatewaySettings(environment),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(secret === undefined ? {} : { secret }),
    ...(proxies === undefined ? {} : { proxies }),
    ...(signIn === undefined ? {} : { signIn }),
  };
}

/**
 * Which data these settings lead to, in a few words; null for the folder that is used when nothing is said. The
 * address of a database is never told, since it usually carries a password.
 */
export function namedData({ databaseUrl, dataFolder }: Config): string | null {
  if (databaseUrl !== undefined) return `the database of DATABASE_URL, with the data folder ${dataFolder}`;
  return dataFolder === usualDataFolder ? null : `the data folder ${dataFolder}`;
}

function readPort(value: string | undefined): number {
  if (!value) return 4600;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new StartError(`PORT is "${value}", which is not a port: set it to a whole number from 0 to 65535.`);
}

// why: the value is never repeated in the sentence, since it usually carries a password.
function readDatabaseUrl(value: string | undefined): string | undefined {
  if (!value) return undefined;
  if (/^postgres(ql)?:\/\//.test(value)) return value;
  throw new StartError(
    'DATABASE_URL is not the address of a PostgreSQL database: ' +
      'write it as postgresql://user:password@host:5432/database.',
  );
}

function readLegalEntities(value: string | undefined): 1 | 2 {
  if (!value || value === '1') return 1;
  if (value === '2') return 2;
  throw new StartError(`NAVIGATOR_DEMO_ENTITIES is "${value}": set it to 1 or 2.`);
}

function readSwitch(name: string, value: string | undefined, otherwise: boolean): boolean {
  if (!value) return otherwise;
  const word = value.toLowerCase();
  if (['on', 'true', 'yes', '1'].includes(word)) return true;
  if (['off', 'false', 'no', '0'].includes(word)) return false;
  throw new StartError(`${name} is "${value}": set it to on or off.`);
}

function readLogLevel(value: string | undefined): LogLevel {
  if (!value) return 'info';
  const level = logLevels.find((known) => known === value.toLowerCase());
  if (level !== undefined) return level;
  throw new StartError(`LOG_LEVEL is "${value}": set it to one of ${logLevels.join(', ')}.`);
}

/** What a proxy says of the address and the encryption of a request is believed, so it must be named. */
function readProxies(value: string | undefined): string[] | undefined {
  if (!value) return undefined;
  const proxies = value.split(',').map((part) => part.trim());
  if (proxies.every(isAddressOrNetwork)) return ['loopback', ...proxies];
  throw new StartError(
    'NAVIGATOR_PROXY is not a list of addresses: write it as 10.0.0.5 or 10.0.0.0/24, with commas between several.',
  );
}

function isAddressOrNetwork(text: string): boolean {
  const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  return isIP(address) !== 0 && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}

/** Reads `NAVIGATOR_OIDC_…`; without an issuer everybody signs in by password. Throws StartError. */
function readSignIn(environment: NodeJS.ProcessEnv): SignInConfig | undefined {
  const passwordsOnlyFor = environment['NAVIGATOR_PASSWORDS_ONLY_FOR']?.trim() || null;
  const issuer = environment['NAVIGATOR_OIDC_ISSUER']?.trim();
  if (!issuer) {
    if (passwordsOnlyFor === null) return undefined;
    throw new StartError(
      'NAVIGATOR_PASSWORDS_ONLY_FOR would keep everybody else out: set NAVIGATOR_OIDC_ISSUER, too.',
    );
  }
  const clientId = environment['NAVIGATOR_OIDC_CLIENT_ID']?.trim();
  if (!clientId) {
    throw new StartError('NAVIGATOR_OIDC_CLIENT_ID is missing: give the id of the client at the provider.');
  }
  return {
    provider: {
      issuer: readIssuer(issuer),
      clientId,
      clientSecret: readClientSecret(environment),
      name: environment['NAVIGATOR_OIDC_NAME']?.trim() || new URL(issuer).hostname,
    },
    passwordsOnlyFor,
  };
}

/** Encrypted, unless the provider runs on this very machine. */
function readIssuer(issuer: string): string {
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  const isHere = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) return issuer;
  throw new StartError(
    'NAVIGATOR_OIDC_ISSUER is not an address that begins with https://: give the issuer of the provider.',
  );
}

// why: neither the secret nor a part of it is repeated in the sentence.
function readClientSecret(environment: NodeJS.ProcessEnv): string | null {
  const file = environment['NAVIGATOR_OIDC_CLIENT_SECRET_FILE'];
  if (!file) return environment['NAVIGATOR_OIDC_CLIENT_SECRET'] || null;
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret === '') throw new Error('There is nothing in it.');
    return secret;
  } catch (error) {
    throw new StartError(
      `The file ${file} of NAVIGATOR_OIDC_CLIENT_SECRET_FILE cannot be read or is empty: check where it is and who may read it.`,
      { cause: error },
    );
  }
}

function readSecret(value: string | undefined): Buffer | undefined {
  if (!value) return undefined;
  const text = value.trim();
  const secret = /^(?:[0-9a-f]{2})+$/i.test(text)
    ? Buffer.from(text, 'hex')
    : /^[A-Za-z0-9+/_-]+={0,2}$/.test(text)
      ? Buffer.from(text, 'base64')
      : Buffer.alloc(0);
  if (secret.length >= secretBytes) return secret;
  throw new StartError(
    'NAVIGATOR_SECRET is not usable: give at least 32 random bytes written in base64 or hexadecimal.',
  );
}
