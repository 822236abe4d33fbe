import { z } from 'zod';
import { customerReference } from '../contract.ts';

/** What the API exchanges about two records that may be one person. */
export const pairJudgementSchema = z
  .strictObject({
    other: customerReference.describe('The other record: id or `no:` number.'),
    judgement: z
      .enum(['probably_same', 'different', 'undecided'])
      .describe(
        'probably_same: it is being checked, and marketing to either waits until the two are merged or told apart. ' +
          'different: not the same person, and not suggested again. undecided: takes `different` back.',
      ),
  })
  .meta({ id: 'PairJudgement', examples: [{ other: 'no:12346', judgement: 'probably_same' }] });

export const pairsSchema = z
  .object({
    customerId: z.uuid(),
    pairs: z.array(
      z
        .object({
          customerId: z.uuid().describe('The other record.'),
          customerNumber: z.string(),
          title: z.string().nullable(),
          forename: z.string().nullable(),
          surname: z.string().nullable(),
          companyName: z.string().nullable(),
          state: z.enum(['checking', 'different']),
          at: z.iso.datetime(),
          by: z.string().nullable().describe('Who said so.'),
        })
        .meta({ id: 'CustomerPair' }),
    ),
  })
  .meta({ id: 'CustomerPairs' });
