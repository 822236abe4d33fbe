import type { CustomerKind } from './vocabulary.ts';

const wordsByKind: Readonly<Record<CustomerKind, readonly string[]>> = {
  individual: [
    'individual',
    'private',
    'private individual',
    'person',
    'personal',
    'private person',
    'retail',
    'consumer',
    'i',
    'p',
  ],
  sole_trader: ['sole trader', 'sole proprietor', 'self employed'],
  partnership: ['partnership', 'ordinary partnership', 'general partnership'],
  scottish_partnership: ['scottish partnership'],
  llp: ['llp', 'limited liability partnership'],
  company: [
    'company',
    'limited company',
    'limited',
    'ltd',
    'plc',
    'public limited company',
    'corporate',
    'corporation',
  ],
  government: ['government', 'council', 'local authority', 'public body', 'public sector', 'nhs'],
  unknown: ['unknown', 'other', 'not known', 'n a'],
};

const kindByWord: ReadonlyMap<string, CustomerKind> = new Map(
  (Object.entries(wordsByKind) as [CustomerKind, readonly string[]][]).flatMap(([kind, words]) =>
    words.map((word) => [word, kind] as const),
  ),
);

export interface KindReading {
  readonly kind: CustomerKind;
  /** A sentence where the kind had to stay unknown. */
  readonly warning: string | null;
}

/**
 * Reads what kind of subscriber a record is. It decides how far PECR protects them, so a corporate kind is
 * never guessed: words that a sole trader may use too (business, fleet, trade, C) stay `unknown`, which the
 * engine protects as an individual (rules §1).
 *
 * A blank kind is `individual` when there is a person's name. When there is a company's name alone, the form
 * that the law makes companies write (Companies Act 2006 s.58 and s.59, LLP Act 2000 schedule) tells; a name
 * without it may be a sole trader's and stays `unknown`.
 */
export function readKind(text: string, hasPersonName: boolean, companyName: string): KindReading {
  const word = text
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  if (word !== '') {
    const kind = kindByWord.get(word);
    if (kind !== undefined) return { kind, warning: null };
    return {
      kind: 'unknown',
      warning: 'This kind of customer is not known here, so the customer is protected as an individual.',
    };
  }
  if (hasPersonName) return { kind: 'individual', warning: null };
  const name = companyName.toLowerCase().replace(/[.\s]+$/, '');
  if (/\b(llp|limited liability partnership|pac)$/.test(name)) return { kind: 'llp', warning: null };
  if (/\b(ltd|limited|plc|p\.l\.c|c\.?i\.?c|cyf|cyfyngedig|ccc)$/.test(name))
    return { kind: 'company', warning: null };
  return {
    kind: 'unknown',
    warning:
      'The kind is blank and the name could be a sole trader’s, so the customer is protected as an individual.',
  };
}
