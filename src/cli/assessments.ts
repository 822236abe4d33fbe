import type { Command } from 'commander';
import { Option } from 'commander';
import type { Category, Channel } from '../domain/vocabulary.ts';
import { categories, channels } from '../domain/vocabulary.ts';
import { findLegalEntityNamed } from '../features/branches/service.ts';
import { listAssessments, recordAssessment } from '../features/privacy/service.ts';
import type { Format } from './output.ts';
import { answer, dayAndTime, example, table, withFormat } from './output.ts';
import { judgeEverybody } from './policy.ts';
import { withContext } from './session.ts';

interface RecordOptions {
  readonly channel: Channel[];
  readonly category: Category[];
  readonly purpose: string;
  readonly necessity: string;
  readonly balance: string;
  readonly approvedBy: string;
  readonly reviewOn: string;
  readonly legalEntity?: string;
  readonly format: Format;
}

/** `assessment record` and `assessment list`. */
export function addAssessmentCommands(program: Command): void {
  const assessment = program
    .command('assessment')
    .description(
      'Legitimate-interests assessments: what letters and live calls rest on where nobody was asked',
    );
  addRecord(assessment);
  example(
    withFormat(assessment.command('list').description('List every assessment, the newest first')),
    'npm run -s navigator -- assessment list --format json',
  ).action(async ({ format }: { format: Format }) => {
    await withContext(async (context) => {
      const assessments = await listAssessments(context);
      answer(format, { assessments }, () => describe(assessments));
    });
  });
}

function addRecord(assessment: Command): void {
  example(
    withFormat(
      assessment
        .command('record')
        .description(
          'Record an assessment that somebody made and approved (UK GDPR 6(1)(f)); everybody is judged again',
        )
        .addOption(
          new Option('--channel <channel...>', 'the channels it covers')
            .choices([...channels])
            .makeOptionMandatory(),
        )
        .addOption(
          new Option('--category <category...>', 'what it covers')
            .choices([...categories])
            .makeOptionMandatory(),
        )
        .requiredOption('--purpose <text>', 'the interest that is pursued')
        .requiredOption('--necessity <text>', 'why there is no less intrusive way')
        .requiredOption('--balance <text>', 'why the customers’ interests do not outweigh it')
        .requiredOption('--approved-by <name>', 'full name of the person who approved it')
        .requiredOption(
          '--review-on <date>',
          'when it is looked at again, such as 2027-12-01; not current after',
        )
        .option(
          '--legal-entity <name>',
          'whose assessment it is; needed where there are several legal entities',
        ),
    ),
    'npm run -s navigator -- assessment record --channel letter live_call --category service_follow_up \\',
    '  --purpose "Remind our customers of the MOT and service of their car" \\',
    '  --necessity "Customers who were never asked can be reached in no less intrusive way" \\',
    '  --balance "They expect a letter from their garage, and each one says how to stop" \\',
    '  --approved-by "Ruth Odell" --review-on 2027-12-01',
  ).action(record);
}

async function record({ format, legalEntity, channel, category, ...said }: RecordOptions): Promise<void> {
  await withContext(async (context) => {
    const entity = await findLegalEntityNamed(context, legalEntity);
    const id = await recordAssessment(context, {
      ...said,
      legalEntityId: entity.id,
      channels: [...new Set(channel)],
      categories: [...new Set(category)],
    });
    await judgeEverybody(context);
    const recorded = (await listAssessments(context)).find((one) => one.id === id);
    answer(
      format,
      recorded,
      () =>
        `Recorded as ${id} for ${entity.name}: ${channel.join(', ')} about ${category.join(', ')}, until its review on ${said.reviewOn}.`,
    );
  });
}

function describe(assessments: Awaited<ReturnType<typeof listAssessments>>): string {
  if (assessments.length === 0) {
    return 'No assessment is recorded yet: see npm run -s navigator -- assessment record --help';
  }
  const rows = assessments.map((one) => [
    one.current ? 'current' : 'not current',
    one.legalEntity,
    one.channels.join(', '),
    one.categories.join(', '),
    one.approvedBy,
    dayAndTime(one.effectiveAt),
    one.reviewOn,
  ]);
  return table(['State', 'Legal entity', 'Channels', 'Categories', 'Approved by', 'From', 'Review on'], rows);
}
