import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { callListGateway } from '../../../src/gateways/call-list.ts';
import { openGateways } from '../../../src/gateways/gateways.ts';
import type { OutgoingLetter } from '../../../src/gateways/letter.ts';
import { letterGateway } from '../../../src/gateways/letter.ts';
import { tokenBucket, waitBeforeAttempt } from '../../../src/gateways/pace.ts';
import { memoryOutbox } from '../../../src/gateways/recording.ts';
import { audienceGateway } from '../../../src/gateways/social.ts';

const madeAt = Date.UTC(2026, 10, 23, 11);

function letter(id: string, postcode: string, change: Partial<OutgoingLetter> = {}): OutgoingLetter {
  return {
    id,
    postcode,
    recipient: ['Mrs Siân Łukaszewska', '12 Mill Lane', 'Sheffield', postcode],
    letterhead: ['Hallam Motors Ltd', 'Penistone Road', 'Sheffield S6 2FW'],
    date: '23 November 2026',
    subject: 'Your MOT is due',
    body: 'Dear Mrs Łukaszewska,\n\nIt costs £54.85.\n\n- one\n- two\n\nYours sincerely,\n\nHallam Motors Ltd',
    optOut: 'If you would rather not have letters like this one, ring 0114 496 0123.',
    ...change,
  };
}

/** What a reader of the file finds in it, packed streams included. */
function contentOf(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const unpacked = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, packed = '']) => {
    try {
      return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  return `${text}\n${unpacked.join('\n')}`;
}

describe('letters', () => {
  it('are one file in the order of postcodes, with a manifest that names nobody', async () => {
    const long = letter('c', 'S2 1AA', { body: 'This paragraph is long. '.repeat(300) });
    const batch = await letterGateway().print([letter('a', 'S10 2HE'), letter('b', 'B1 1AA'), long], madeAt);
    const rows = parse(batch.manifest, { columns: true }) as Record<string, string>[];
    expect(
      rows.map((row) => [row['Sequence'], row['Message'], row['Postcode area'], row['First page']]),
    ).toEqual([
      ['1', 'b', 'B', '1'],
      ['2', 'c', 'S', '2'],
      ['3', 'a', 'S', String(2 + Number(rows[1]?.['Pages']))],
    ]);
    expect(Number(rows[1]?.['Pages'])).toBeGreaterThan(1);
    expect(batch.sha256).toBe(createHash('sha256').update(batch.pdf).digest('hex'));
    expect(rows.every((row) => row['SHA-256 of the file'] === batch.sha256)).toBe(true);
    expect(batch.manifest).not.toContain('Mill Lane');
    const pages = contentOf(batch.pdf).match(/\/Type \/Page\b(?!s)/g) ?? [];
    expect(pages).toHaveLength(batch.printed.reduce((sum, { pages: count }) => sum + count, 0));
  });

  it('are tagged for readers who do not see them, in their language, with their fonts inside', async () => {
    const content = contentOf((await letterGateway().print([letter('a', 'S10 2HE')], madeAt)).pdf);
    expect(content).toContain('/Marked true');
    expect(content).toContain('/Lang (en-GB)');
    expect(content).toContain('pdfuaid:part');
    for (const tag of ['Document', 'Sect', 'H1', 'P', 'L', 'LI', 'LBody'])
      expect(content).toContain(`/S /${tag}`);
    expect(content.match(/\/FontFile[23]?\b/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('make the same bytes of the same letters, in whatever order they came', async () => {
    const one = await letterGateway().print([letter('a', 'S10 2HE'), letter('b', 'B1 1AA')], madeAt);
    const two = await letterGateway().print([letter('b', 'B1 1AA'), letter('a', 'S10 2HE')], madeAt);
    expect(one.pdf.equals(two.pdf)).toBe(true);
  });

  it('with characters nobody could read are left out, and said to be', async () => {
    const chinese = letter('c', 'S1 1AA', { recipient: ['王小明', '1 Mill Lane', 'Sheffield', 'S1 1AA'] });
    const batch = await letterGateway().print(
      [chinese, letter('w', 'CF1 1AA', { body: 'Annwyl Tŷ Ŵ' })],
      madeAt,
    );
    expect(batch.leftOut).toEqual([{ id: 'c', characters: ['王', '小', '明'] }]);
    expect(batch.printed.map(({ id }) => id)).toEqual(['w']);
  });
});

describe('an audience', () => {
  const person = {
    id: '1',
    email: ' Zoe.Holroyd@Example.COM ',
    phone: '07700 900123',
    forename: ' Zoë ',
    surname: "O'Neill-Holroyd",
    town: 'Stoke-on-Trent',
    postcode: 'S10 2HE',
  };
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

  it('is a file of hashes of what the platform compares, and of nothing in words', () => {
    const file = audienceGateway().file('add', [person]);
    expect(parse(file.csv, { columns: true })).toEqual([
      {
        email: hash('zoe.holroyd@example.com'),
        phone: hash('447700900123'),
        fn: hash('zoë'),
        ln: hash('oneillholroyd'),
        ct: hash('stokeontrent'),
        zip: hash('s102'),
        country: hash('gb'),
      },
    ]);
    expect(file.sha256).toBe(hash(file.csv));
  });

  it('leaves out whom nobody could find, and is made in the same form to take people out again', () => {
    const unknown = { ...person, id: '2', email: null, phone: 'none' };
    const removal = audienceGateway().file('remove', [unknown, person]);
    expect(removal).toMatchObject({ purpose: 'remove', included: ['1'], leftOut: ['2'] });
    expect(removal.csv).toBe(audienceGateway().file('add', [person]).csv);
  });
});

it('a call is prepared with a link to dial, and only for a number that can be dialled', () => {
  const call = {
    id: '1',
    opening: 'This is',
    script: 'Hello',
    closing: 'Thank you',
    callerNumber: '0114 496 0123',
  };
  expect(callListGateway().prepare({ ...call, number: '+447700900123' })).toEqual({
    ...call,
    dialLink: 'tel:+447700900123',
  });
  expect(() => callListGateway().prepare({ ...call, number: '07700 900123;evil' })).toThrow(RangeError);
});

describe('the pace', () => {
  it('lets a burst go and then so many a second, whatever the clock does', () => {
    let at = 0;
    const bucket = tokenBucket(2, 2, () => at);
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 500]);
    at = 500;
    expect([bucket.take(), bucket.take()]).toEqual([0, 500]);
    at = 100;
    expect(bucket.take()).toBe(500);
    at = 60_000;
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 500]);
  });

  it('tries again after longer and longer, spread by the message, and not for ever', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((attempts) => waitBeforeAttempt('a', attempts));
    expect(waits.at(-1)).toBeNull();
    const given = waits.filter((wait) => wait !== null);
    expect(given).toEqual([...given].sort((a, b) => a - b));
    expect(waitBeforeAttempt('a', 1)).toBe(waitBeforeAttempt('a', 1));
    expect(waitBeforeAttempt('a', 1)).not.toBe(waitBeforeAttempt('b', 1));
    expect(waitBeforeAttempt('a', 1)).toBeGreaterThanOrEqual(60_000);
    expect(waitBeforeAttempt('a', 1)).toBeLessThanOrEqual(75_000);
    expect(waitBeforeAttempt('a', 1, 3_600_000)).toBe(3_600_000);
  });
});

it('where nothing is set, every message is recorded, and none leaves', async () => {
  const outbox = memoryOutbox(10);
  const nothing = { email: null, sms: null, publicUrl: null };
  const gateways = openGateways(nothing, { outbox, now: () => madeAt });
  await gateways.sms.send({ id: '1', to: '+447700900001', text: 'Hello', statusCallback: null });
  expect(outbox.all()).toHaveLength(1);
  expect([gateways.pace.email.take(), gateways.pace.sms.take()]).toEqual([0, 0]);
  await gateways.close();
});
