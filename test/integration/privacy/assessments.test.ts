import { beforeEach, describe, expect, it } from 'vitest';
import { addLegalEntity, findLegalEntityNamed } from '../../../src/features/branches/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { countSelection } from '../../../src/features/mailshots/service.ts';
import type { Assessment } from '../../../src/features/privacy/service.ts';
import { listAssessments, recordAssessment } from '../../../src/features/privacy/service.ts';
import { contextOn } from '../../support/context.ts';
import { useDatabase } from '../../support/database.ts';
import { choosePolicy, customersCsv, useImportFolder } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeEach(async () => {
  context = await contextOn(database);
});

const assessment: Assessment = {
  legalEntityId: 1,
  channels: ['letter'],
  categories: ['general_marketing'],
  purpose: 'Telling customers of the workshop about offers.',
  necessity: 'There is no less intrusive way.',
  balance: 'Customers expect to hear from their garage.',
  approvedBy: 'Jo Holroyd',
  reviewOn: '2027-06-01',
};
const letters = selectionSchema.parse({ channel: 'letter', category: 'general_marketing' });

describe('a legitimate-interests assessment', () => {
  it('opens letters to customers of the upgrade under the strict policy, whoever was judged before', async () => {
    await choosePolicy(context, 'pecr_strict');
    const customersFile = await folder.write(
      customersCsv([
        {
          customer_no: '1',
          kind: 'individual',
          surname: 'Holroyd',
          address1: '4 Mill Lane',
          town: 'Sheffield',
          postcode: 'S1 2HE',
          no_follow_up: 'N',
          no_marketing: 'N',
        },
      ]),
    );
    await runImport(context, { customersFile }, { startedBy: 'test' });
    const before = await countSelection(context, letters);
    expect(before).toMatchObject({ matching: 1, permitted: 0, leftOut: [{ reasons: ['LIA_MISSING'] }] });
    await recordAssessment(context, assessment);
    expect(await countSelection(context, letters)).toMatchObject({ matching: 1, permitted: 1 });
    expect(await listAssessments(context)).toMatchObject([
      { channels: ['letter'], approvedBy: 'Jo Holroyd', reviewOn: '2027-06-01', current: true },
    ]);
    context.clock.set('2027-06-02T09:00:00Z');
    expect(await listAssessments(context)).toMatchObject([{ current: false }]);
  });

  it.each([
    ['purpose', { purpose: ' ' }],
    ['necessity', { necessity: '' }],
    ['balance', { balance: '' }],
    ['approvedBy', { approvedBy: '' }],
    ['reviewOn', { reviewOn: '2026-11-23' }],
    ['reviewOn', { reviewOn: 'next year' }],
  ])('is refused without a usable %s', async (field, change) => {
    await expect(recordAssessment(context, { ...assessment, ...change })).rejects.toMatchObject({ field });
  });

  it('names its legal entity where there are several', async () => {
    const only = await findLegalEntityNamed(context);
    expect(await findLegalEntityNamed(context, `  ${only.name.toUpperCase()} `)).toEqual(only);
    await addLegalEntity(context, 'Hallam Motors Barnsley Ltd');
    await expect(findLegalEntityNamed(context)).rejects.toMatchObject({ field: 'legalEntity' });
    await expect(findLegalEntityNamed(context, 'Nobody Ltd')).rejects.toMatchObject({ field: 'legalEntity' });
  });
});
