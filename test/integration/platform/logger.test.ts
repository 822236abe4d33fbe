import { expect, test } from 'vitest';
import { createLogger } from '../../../src/platform/logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLogger({ destination: { write: (line: string) => lines.push(line) } }));
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

test('a log line is JSON with its level, the instant, the message and the fields', () => {
  const line = logged((logger) => logger.info({ customerId: '018f', rows: 1200 }, 'Rows were imported'));
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    customerId: '018f',
    rows: 1200,
    msg: 'Rows were imported',
  });
});

test('fields that hold personal data or secrets are removed at any depth', () => {
  const line = logged((logger) =>
    logger.warn(
      { row: { Surname: 'Okafor', home_phone: '1', cells: [{ apiKey: 'k', code: 'x' }] } },
      'A row',
    ),
  );
  expect(line['row']).toEqual({
    Surname: '[removed]',
    home_phone: '[removed]',
    cells: [{ apiKey: '[removed]', code: 'x' }],
  });
});

test('what looks like an address, a number or a password is removed from messages and errors too', () => {
  const cause = new Error('could not text +44 7700 900123');
  const error = new Error('no route to postgresql://keeper:hunter2@host/d for jo.bloggs@example.co.uk', {
    cause,
  });
  const text = JSON.stringify(
    logged((logger) => logger.error({ err: error }, 'Calling 01632 960 001 failed')),
  );
  expect(text).not.toMatch(/hunter2|bloggs|7700|960/);
  expect(text).toContain('could not text [removed]');
});

test('the row a database error quotes is not copied into the log', () => {
  const error = Object.assign(new Error('duplicate key value violates unique constraint "person_email"'), {
    code: '23505',
    constraint: 'person_email',
    detail: 'Key (surname)=(Okafor) already exists.',
    where: 'COPY customer, line 3: "Okafor"',
  });
  const line = logged((logger) => logger.error({ err: error }, 'A row was refused'));
  expect(line['err']).toMatchObject({ code: '23505', constraint: 'person_email' });
  expect(JSON.stringify(line)).not.toContain('Okafor');
});

test('the value that a database could not read is not copied into the log', () => {
  const error = Object.assign(new Error('date/time field value out of range: "0000-02-31 "or so""'), {
    code: '22008',
    routine: 'DateTimeParseError',
  });
  const line = logged((logger) => logger.error({ err: error }, 'A request failed'));
  expect(line['err']).toMatchObject({
    code: '22008',
    message: 'date/time field value out of range: "[removed]"',
  });
  expect(JSON.stringify(line)).not.toMatch(/0000|or so/);
});

test('identifiers and instants are left alone', () => {
  const fields = {
    id: '0190a1b2-0c3d-7e4f-8012-345678901234',
    at: '2026-03-01T09:15:00.000Z',
    hash: 'a07700900123b',
  };
  expect(logged((logger) => logger.info(fields, 'Kept'))).toMatchObject(fields);
});
