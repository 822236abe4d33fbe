import { describe, expect, it } from 'vitest';
import { fieldErrorsOf, problemOf, sentenceOf } from './api-problem.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

describe('a refusal of the server', () => {
  it('is shown in the words of the server, field by field', async () => {
    const errors = [{ field: 'password', message: 'The password is too short.' }];
    const problem = await problemOf(
      answer(422, { code: 'invalid', detail: 'The password is too short.', errors }),
    );
    expect(sentenceOf(problem)).toBe('The password is too short.');
    expect(fieldErrorsOf(problem)).toEqual({ password: 'The password is too short.' });
    expect(problem).toMatchObject({ status: 422, code: 'invalid', retryAfterSeconds: null });
  });

  it('says how long to wait, where the server does', async () => {
    const problem = await problemOf(
      answer(429, { code: 'ratelimited', detail: 'Wait.' }, { 'retry-after': '90' }),
    );
    expect(problem.retryAfterSeconds).toBe(90);
  });

  it('keeps what else the server said, such as a newer version', async () => {
    const problem = await problemOf(answer(409, { code: 'changed', detail: 'Changed.', sequence: 7 }));
    expect(problem.details['sequence']).toBe(7);
  });

  it.each([
    ['a page of a proxy', answer(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' })],
    ['broken JSON', answer(500, '{"detail":')],
    ['JSON that is no object', answer(500, '"no"')],
    ['errors of another shape', answer(500, { errors: [null, 1, { field: 1 }] })],
  ])('is a sentence, even when it is %s', async (_what, response) => {
    const problem = await problemOf(response);
    expect(sentenceOf(problem)).toMatch(/^[A-Z].*\.$/);
    expect(fieldErrorsOf(problem)).toEqual({});
  });
});

describe('a fault of the page itself', () => {
  it('is told without its internals', () => {
    expect(sentenceOf(new TypeError('x is not a function'))).not.toContain('function');
    expect(fieldErrorsOf(new TypeError('x'))).toEqual({});
  });
});
