import { toNormalised } from 'postcode';

export interface Postcode {
  /** Upper case with one space: `S6 3AA`. */
  readonly postcode: string;
  /** The post town's district: `S6`, `SW1A`. */
  readonly outcode: string;
  /** The letters a postcode begins with: `S`, `SW`. */
  readonly area: string;
}

export type PostcodeError = 'empty' | 'not_a_postcode';

export type PostcodeResult =
  | ({ readonly ok: true } & Postcode)
  | { readonly ok: false; readonly code: PostcodeError; readonly sentence: string };

/** Reads a UK postcode in any case and spacing. Only its form is judged: whether Royal Mail serves it is not known here. */
export function parsePostcode(text: string): PostcodeResult {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, code: 'empty', sentence: 'The postcode is blank.' };
  const postcode = toNormalised(trimmed);
  if (postcode === null) {
    return {
      ok: false,
      code: 'not_a_postcode',
      sentence: 'This is not a UK postcode; one looks like S6 3AA or SW1A 1AA.',
    };
  }
  const outcode = postcode.slice(0, -4);
  return { ok: true, postcode, outcode, area: outcode.replace(/\d.*$/, '') };
}
