/**
 * Words that make a service message marketing (PECR reg 2, DPA 2018 s.122(5); EE 2019, Amex 2021). One line of
 * promotion reclassifies the whole message, so that a doubt counts as promotion: a person who may approve templates
 * can say that a phrase is none.
 */
export interface Promotion {
  /** As it stands in the text. */
  readonly phrase: string;
  readonly why: string;
}

interface Sign {
  readonly why: string;
  readonly pattern: RegExp;
}

const signs: readonly Sign[] = [
  {
    why: 'a percentage off',
    pattern: /\b\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent|percent)(?:\s+(?:off|discount|saving|less))?/giu,
  },
  { why: 'a discount', pattern: /\bdiscount(?:s|ed)?\b/giu },
  {
    why: 'an offer',
    pattern:
      /\b(?:special|exclusive|limited|seasonal|winter|summer|great|latest|our|this|new)?\s?offers?\b/giu,
  },
  { why: 'a saving', pattern: /\bsav(?:e|ing|ings)\b(?:\s+(?:up\s+to\s+)?£?\d[\d,.]*\s?%?)?/giu },
  { why: 'something for nothing', pattern: /\b(?:for\s+)?free\b(?:\s+[\p{L}-]+)?/giu },
  {
    why: 'something for nothing',
    pattern:
      /\b(?:complimentary|at no extra cost|half[\s-]price|two[\s-]for[\s-]one|2[\s-]for[\s-]1|bogof)\b/giu,
  },
  {
    why: 'a price',
    pattern: /\b(?:from|only|just|now|for only|for just|starting at|as little as)\s+£\s?\d[\d,.]*/giu,
  },
  { why: 'a price', pattern: /£\s?\d[\d,.]*\s*(?:off|less|a month|per month|pcm|cashback)\b/giu },
  {
    why: 'a price',
    pattern:
      /\b(?:price\s+(?:match|promise|guarantee)|low(?:est)?\s+prices?|great\s+value|cashback|apr)\b/giu,
  },
  {
    why: 'a voucher',
    pattern:
      /\b(?:vouchers?|coupons?|promo(?:tion|tional)?s?\b(?:\s+codes?)?|gift\s+cards?|rewards?|prize(?:\s+draw)?s?)/giu,
  },
  {
    why: 'a sale',
    pattern: /\b(?:sale\s+(?:now|ends|starts|event)|clearance|black\s+friday|bargains?|deals?)\b/giu,
  },
  {
    why: 'a push to buy',
    pattern:
      /\b(?:don['’]?t\s+miss(?:\s+out)?|last\s+chance|hurry|limited\s+time|while\s+stocks?\s+lasts?|act\s+now|buy\s+now|order\s+now|upgrade\s+(?:now|today|to)|treat\s+(?:yourself|your\s+car))\b/giu,
  },
  { why: 'a push to book', pattern: /\bbook\s+(?:now|today|early)\b(?:\s+(?:and|to)\s+[\p{L}]+)?/giu },
  {
    why: 'something else for sale',
    pattern:
      /\b(?:part[\s-]exchange|test\s+drive|finance\s+(?:offer|deal|package)s?|service\s+plans?|new\s+(?:range|models?|arrivals?)|great\s+range)\b/giu,
  },
];

interface PlainFact {
  /** The kinds of sign that are none here; whatever else stands in the same words still counts. */
  readonly hides: readonly string[];
  readonly pattern: RegExp;
}

const gift = ['something for nothing'];

/** Where the same words are a fact about the booking, the repair or the recall, and sell nothing. */
const plainFacts: readonly PlainFact[] = [
  {
    hides: gift,
    pattern:
      /\bfree\s+of\s+charge\s+(?:recall|repair|under\s+(?:the\s+|your\s+)?(?:recall|warranty)|safety)\b/giu,
  },
  { hides: gift, pattern: /\b(?:recall|warranty)\b[^.!?\n]{0,80}?\b(?:free\s+of\s+charge|for\s+free)\b/giu },
  {
    hides: gift,
    pattern: /\b(?:done|repaired|replaced|corrected|carried\s+out|put\s+right)\s+free\s+of\s+charge\b/giu,
  },
  { hides: gift, pattern: /\bfeel\s+free\b(?:\s+[\p{L}-]+)?/giu },
  { hides: gift, pattern: /\b(?:hands|duty|smoke|lead|toll|interest|fault|accident|rust)[\s-]free\b/giu },
  { hides: gift, pattern: /\bfree\s+(?:up|from|text|to\s+(?:call|ring|reply|text))\b/giu },
  {
    hides: ['a price'],
    pattern:
      /\b(?:invoice|bill|balance|payment|refund|deposit|total|estimate|excess)\b[^.!?\n]{0,60}?£\s?\d[\d,.]*(?!\s*off)/giu,
  },
  {
    hides: ['a percentage off'],
    pattern:
      /\b(?:battery|tyre|tread|brake|pad|charge|fuel|oil)[^.!?\n]{0,60}?\d{1,3}\s?(?:%|per\s?cent)(?!\s*(?:off|disc|sav|less))/giu,
  },
  {
    hides: ['a percentage off'],
    pattern:
      /\b\d{1,3}\s?(?:%|per\s?cent|percent)\s+(?:worn|charged|remaining|left|complete|tread|deposit\s+paid)\b/giu,
  },
  { hides: ['a percentage off'], pattern: /\bvat\b[^.!?\n]{0,20}?\d{1,2}\s?%|\b\d{1,2}\s?%\s+vat\b/giu },
  {
    hides: ['a saving'],
    pattern: /\bsave\s+(?:this|the|our|your)\s+(?:number|message|text|date|email|booking|reference)\b/giu,
  },
  { hides: ['a saving'], pattern: /\bdaylight[\s-]saving\b/giu },
  {
    hides: ['an offer'],
    pattern: /\boffers?\s+(?:you\s+)?(?:our|my)\s+(?:sincere\s+)?(?:apolog|condolence)/giu,
  },
  {
    hides: ['an offer'],
    pattern:
      /\boffer\s+(?:you\s+)?(?:an?|the|another|two|some)\s+(?:other\s+|earlier\s+|later\s+)?(?:days?|times?|appointments?|lift|slots?)\b/giu,
  },
  { hides: ['a sale'], pattern: /\b(?:great|good)\s+deal\s+of\b|\bdeals?\s+with\b/giu },
  {
    hides: ['something else for sale'],
    pattern: /\byour\s+(?:test\s+drive|part[\s-]exchange)\s+(?:is|was|has|on|at|appointment|booking)\b/giu,
  },
  {
    hides: ['something else for sale'],
    pattern: /\byour\s+service\s+plan\s+(?:payment|has|is|covers)\b/giu,
  },
];

/** The promotional phrases of a text, each once, in the order in which they stand there. */
export function findPromotion(text: string): Promotion[] {
  const read = text.normalize('NFKC').replaceAll(/[‘’]/g, "'");
  const facts = plainFacts.flatMap(({ hides, pattern }) =>
    spansOf(read, pattern).map((span) => ({ ...span, hides })),
  );
  const found = signs
    .flatMap(({ why, pattern }) => spansOf(read, pattern).map((span) => ({ ...span, why })))
    .filter(
      (span) =>
        !facts.some(
          (fact) => fact.hides.includes(span.why) && fact.from <= span.from && span.from < fact.until,
        ),
    )
    .sort((a, b) => a.from - b.from || b.until - a.until);
  const phrases = new Map<string, Promotion>();
  let until = -1;
  for (const span of found) {
    if (span.from < until) continue;
    until = span.until;
    const phrase = read.slice(span.from, span.until).trim();
    const key = phrase.toLowerCase();
    if (!phrases.has(key)) phrases.set(key, { phrase, why: span.why });
  }
  return [...phrases.values()];
}

/** Those that nobody has said to be no promotion. */
export function unacceptedPromotion(text: string, accepted: readonly string[]): Promotion[] {
  const known = new Set(accepted.map((phrase) => phrase.toLowerCase()));
  return findPromotion(text).filter(({ phrase }) => !known.has(phrase.toLowerCase()));
}

function spansOf(text: string, pattern: RegExp): { readonly from: number; readonly until: number }[] {
  return [...text.matchAll(pattern)].map((match) => {
    const leading = match[0].length - match[0].trimStart().length;
    return { from: match.index + leading, until: match.index + match[0].length };
  });
}
