import type { Command } from 'commander';
import { countWords } from '../domain/plain-words.ts';
import { verifyLedger } from '../features/audit/service.ts';
import { rebuildStanding } from '../features/standing/service.ts';
import type { Format } from './output.ts';
import { answer, CommandFailed, example, Progress, table, withFormat } from './output.ts';
import { withContext } from './session.ts';

/** `ledger verify` and `standing rebuild`. */
export function addLedgerCommands(program: Command): void {
  const ledger = program.command('ledger').description('Prove what was recorded');
  example(
    withFormat(
      ledger
        .command('verify')
        .description(
          'Recompute every chain, hold it against its sealed head, compare what follows with the stored answers, and recompute the wordings and the evidence that entries name. Exit code 1 when anything is wrong.',
        ),
    ),
    'npm run -s navigator -- ledger verify',
  ).action(async (options: { format: Format }) => {
    await withContext(async (context) => {
      const progress = new Progress('Verified customers');
      const report = await verifyLedger(context, { onProgress: ({ customers }) => progress.show(customers) });
      progress.end();
      answer(options.format, report, () =>
        report.faults.length === 0
          ? `${countWords(report.customers, 'customer')} and ${countWords(report.entries, 'entry', 'entries')} verified: they agree with their sealed heads, wordings, evidence and stored answers.`
          : table(
              ['Customer', 'Entry', 'What is wrong'],
              report.faults.map((fault) => [
                fault.customerId ?? '-',
                String(fault.sequence ?? '-'),
                fault.sentence,
              ]),
            ),
      );
      if (report.faults.length > 0) throw new CommandFailed();
    });
  });
  const standing = program.command('standing').description('The stored answers that bulk work reads');
  example(
    withFormat(
      standing
        .command('rebuild')
        .description(
          'Judge everybody again from the ledger and the facts, and report stored answers that differed',
        ),
    ),
    'npm run -s navigator -- standing rebuild',
  ).action(async (options: { format: Format }) => {
    await withContext(async (context) => {
      const progress = new Progress('Judged customers');
      const report = await rebuildStanding(context, { onProgress: ({ judged }) => progress.show(judged) });
      progress.end();
      answer(
        options.format,
        report,
        () =>
          `${countWords(report.judged, 'customer')} judged; ${countWords(report.differed, 'stored answer')} differed${report.differed === 0 ? '.' : ', and put right.'}`,
      );
    });
  });
}
