import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmailAddress } from './email-address.ts';

describe('an email address', () => {
  it.each([
    ['anne@example.com', 'anne@example.com', 'anne@example.com'],
    ['  Anne.Smith@Example.COM ', 'Anne.Smith@example.com', 'anne.smith@example.com'],
    ["o'brien+mot@example.org", "o'brien+mot@example.org", "o'brien+mot@example.org"],
    ['siobhán@example.net', 'siobhán@example.net', 'siobhán@example.net'],
    ['a@sub.domain.example.co.uk', 'a@sub.domain.example.co.uk', 'a@sub.domain.example.co.uk'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
  ])('written %j is kept as %s and compared as %s', (text, address, comparable) => {
    expect(parseEmailAddress(text)).toEqual({ ok: true, address, comparable });
  });

  it.each([
    ['', 'empty'],
    ['none', 'not_an_address'],
    ['anne@', 'not_an_address'],
    ['@example.com', 'not_an_address'],
    ['anne@example', 'not_an_address'],
    ['anne..smith@example.com', 'not_an_address'],
    ['.anne@example.com', 'not_an_address'],
    ['anne smith@example.com', 'not_an_address'],
    ['anne@exam ple.com', 'not_an_address'],
    ['anne@-example.com', 'not_an_address'],
    ['anne@example.com; bob@example.com', 'several'],
    [`${'a'.repeat(65)}@example.com`, 'not_an_address'],
    [`a@${'b'.repeat(300)}.com`, 'too_long'],
  ])('written %j is refused as %s', (text, code) => {
    expect(parseEmailAddress(text)).toMatchObject({ ok: false, code });
  });

  it('reads its own form back unchanged, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        const once = parseEmailAddress(text);
        if (once.ok) expect(parseEmailAddress(once.address)).toEqual(once);
      }),
    );
  });
});
