/**
 * A name as a search compares it: lower case, accents stripped, apostrophes and full stops dropped, hyphens and
 * runs of spaces made one space. `O'Brien-Smith`, `OBrien Smith` and `Óbrien smith` are alike.
 */
export function searchFormOfName(name: string): string {
  const lower = name.toLowerCase();
  if (/^[a-z]*$/.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/[\p{Mn}'’‘`´ʼ.]/gu, '')
    .replace(/[ßøłđðæœþı]/g, (letter) => withoutMark[letter] ?? letter)
    .replace(/[\s\-\u2010-\u2015_,]+/g, ' ')
    .trim();
}

/** Letters whose mark is part of them, so that no Unicode decomposition takes it off. */
const withoutMark: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
};

export interface NamedCustomer {
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
}

export interface TitledCustomer extends NamedCustomer {
  readonly title: string | null;
}

/** A customer as a list shows one: `Mrs Jane Holroyd`; a company where nobody is named. */
export function displayNameOf({ title, forename, surname, companyName }: TitledCustomer): string {
  const person = wordsOf(forename, surname);
  if (person === '') return companyName?.trim() ?? '';
  return surname === null ? person : wordsOf(title, person);
}

/** A customer as one speaks of them: `Mrs Holroyd`, `Jane Holroyd` without a title. */
export function shortNameOf(customer: TitledCustomer): string {
  const { title, surname } = customer;
  return title === null || surname === null ? displayNameOf(customer) : wordsOf(title, surname);
}

function wordsOf(...words: (string | null)[]): string {
  return words.flatMap((word) => word?.trim() || []).join(' ');
}

/** What a search compares with, in both orders of a name, and the company where there is one. */
export interface SearchNames {
  readonly searchName: string;
  readonly searchGivenName: string;
  readonly searchCompany: string | null;
}

/** The search forms that are kept with every customer, whoever writes them. */
export function searchNamesOf({ forename, surname, companyName }: NamedCustomer): SearchNames {
  const first = searchFormOfName(forename ?? '');
  const last = searchFormOfName(surname ?? '');
  const company = searchFormOfName(companyName ?? '');
  const join = (a: string, b: string): string => (a === '' || b === '' ? a + b : `${a} ${b}`);
  return {
    searchName: join(last, first) || company,
    searchGivenName: join(first, last) || company,
    searchCompany: company || null,
  };
}
