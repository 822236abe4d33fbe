import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { generateCustomerFiles } from '../../seeds/generate.ts';
import { countWords } from '../domain/plain-words.ts';
import { interruptible } from './interruption.ts';
import type { Format } from './output.ts';
import { answer, example, Progress, withFormat } from './output.ts';

const customersMax = 10_000_000;

/** `generate`: made-up customers for trying things out and for measuring. */
export function addGenerateCommand(program: Command): void {
  example(
    withFormat(
      program
        .command('generate')
        .description('Write made-up customers and vehicles as CSV files; the same seed gives the same bytes')
        .requiredOption('--customers <number>', 'how many customers', wholeNumber(1, customersMax))
        .option('--seed <number>', 'which ones', wholeNumber(0, 2 ** 31), 1)
        .requiredOption('--out <folder>', 'where customers.csv and vehicles.csv are written'),
    ),
    'npm run -s navigator -- generate --customers 10000 --seed 7 --out ./sample-files',
  ).action(async (options: { customers: number; seed: number; out: string; format: Format }) => {
    const progress = new Progress('Written customers', options.customers);
    const files = await interruptible((interruption) =>
      generateCustomerFiles({
        customers: options.customers,
        seed: options.seed,
        folder: options.out,
        onProgress: (written) => {
          interruption.throwIfAborted();
          progress.show(written);
        },
      }),
    );
    progress.end();
    answer(
      options.format,
      files,
      () =>
        `${countWords(files.customers, 'customer')} in ${files.customersPath}\n` +
        `${countWords(files.vehicles, 'vehicle')} in ${files.vehiclesPath}`,
    );
  });
}

/** Reads a whole number between two bounds; anything else is wrong usage. */
function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}
