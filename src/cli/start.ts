import type { Command } from 'commander';
import { fillDemonstration } from '../../seeds/demonstration.ts';
import type { Config } from '../config.ts';
import { readConfig } from '../config.ts';
import { searchDuplicates } from '../features/customers/duplicates/jobs.ts';
import { mayDemonstrate } from '../features/demonstration/service.ts';
import { fileWebLeads } from '../features/enquiries/leads/jobs.ts';
import { closeDemonstrationAccounts } from '../features/users/demonstration/service.ts';
import { buildApp } from '../main.ts';
import { BackgroundWork } from '../platform/background-work.ts';
import { nowOf } from '../platform/context.ts';
import { requestPatience } from '../platform/database.ts';
import type { HttpApp } from '../platform/http.ts';
import { forgetOldAnswers } from '../platform/idempotency.ts';
import { createLogger } from '../platform/logger.ts';
import { StartError } from '../platform/start-error.ts';
import { removeForgottenFiles } from '../platform/stored-file.ts';
import type { Navigator } from '../services.ts';
import { openNavigator } from '../services.ts';
import type { Screens } from '../staff-screens.ts';
import { totalsReport } from './import-report.ts';
import { whereItLies } from './migrate.ts';
import { example, Progress } from './output.ts';
import { openScreens } from './screens.ts';
import { countReport } from './select.ts';
import { keepDemonstrationKey, prepareSignIn, staffTheDemonstration } from './start-accounts.ts';

/** `start`: the server, until it is told to stop. */
export function addStartCommand(program: Command): void {
  example(
    program
      .command('start')
      .description(
        'Start Navigator and serve until Ctrl-C; settings come from the environment, see docs/operating.md',
      ),
    'PORT=4700 npm start',
  ).action(async () => {
    const asked = readConfig();
    const logger = createLogger({ level: asked.logLevel });
    const screens = await openScreens();
    const stopped = stopSignal();
    const navigator = await openNavigator(asked, logger, requestPatience);
    try {
      // An installation of somebody's own stays one, whoever forgets NAVIGATOR_DEMO=off.
      const config = { ...asked, demo: asked.demo && (await mayDemonstrate(navigator.context)) };
      // Before anything listens, because their password is printed.
      if (!config.demo) await closeDemonstrationAccounts(navigator.context);
      const app = await serve(navigator, config, screens);
      const housekeeping = keepHouse(navigator);
      try {
        await greet(navigator, config, app);
        await stopped;
      } finally {
        await app.close();
        await housekeeping.stop();
      }
    } finally {
      await navigator.close();
    }
  });
}

/** Resolves at Ctrl-C or SIGTERM. A second one while stopping ends the program at once, as people expect. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      say('Stopping: finishing what is under way. Press Ctrl-C again to end at once.');
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}

/**
 * Files and answers whose time is over are removed soon, also when nobody uploads, exports or asks again; what came
 * from a website is filed moments after it was answered; records that may be one person are looked for.
 */
function keepHouse({ context }: Navigator): BackgroundWork {
  const housekeeping = new BackgroundWork(context.logger);
  const { db } = context.database;
  housekeeping.repeat(() => removeForgottenFiles(db, nowOf(context)), 600_000);
  housekeeping.repeat(() => forgetOldAnswers(db, nowOf(context)), 600_000);
  housekeeping.repeat(() => fileWebLeads(context), 5_000);
  housekeeping.repeat(() => searchDuplicates(context), 5_000);
  return housekeeping;
}

async function serve(navigator: Navigator, config: Config, screens: Screens): Promise<HttpApp> {
  const { demo, proxies, signIn } = config;
  const ways = signIn === undefined ? {} : { signIn };
  const options = { demo, screens, ...ways, ...(proxies === undefined ? {} : { proxies }) };
  const app = await buildApp(navigator.context, options);
  try {
    // biome-ignore lint/nursery/useAwaitThenable: without a callback, listen answers a promise.
    await app.listen({ port: config.port, host: config.host });
    return app;
  } catch (error) {
    await app.close();
    throw listenError(error, config);
  }
}

function listenError(error: unknown, { host, port }: Config): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} on ${host} is in use: stop the other program, or choose another port, such as PORT=${port + 1} npm start.`,
    );
  }
  if (code === 'EACCES') {
    return new StartError(
      `Port ${port} may only be used by an administrator: choose one from 1024 on with PORT.`,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(`HOST is ${host}, which is no address of this machine: set it to one that is.`);
  }
  return error;
}

/** What a person sees: where it is, how to sign in, and at the first start of the demonstration what it did. */
async function greet({ context, databaseFolder }: Navigator, config: Config, app: HttpApp): Promise<void> {
  const address = addressOf(app, config);
  if (config.demo) {
    const shown = new Progress('Filling the demonstration dealership');
    const demonstration = await fillDemonstration(context, {
      legalEntities: config.demoLegalEntities,
      staff: (past) => staffTheDemonstration(past, config),
      onProgress: (done, total) => shown.show(done, total),
    });
    shown.end();
    if (demonstration !== null) {
      await keepDemonstrationKey(config.dataFolder, demonstration.apiKey);
      say('A sample customer file was imported into the demonstration dealership:');
      say('');
      say(totalsReport(demonstration.totals));
      say('');
      say('A first list, letters about service:');
      say(countReport(demonstration.firstList));
    }
  }
  const signIn = await prepareSignIn(context, config, address);
  say('');
  say(`Navigator is ready at ${address}`);
  say(whereItLies(config.dataFolder, databaseFolder));
  for (const line of signIn) say(line);
}

function addressOf(app: HttpApp, { host, port }: Config): string {
  const bound = app.server.address();
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${typeof bound === 'object' && bound !== null ? bound.port : port}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
