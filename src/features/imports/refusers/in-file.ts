import type { Refuser } from '../../../domain/import-refusal.ts';
import type { SearchNames } from '../../../domain/person-name.ts';
import { searchNamesOf } from '../../../domain/person-name.ts';
import { FingerprintSet } from '../fingerprint-set.ts';

/** Whoever says no in a row of one file, by person and by customer number, in a few bytes each. */
export class FileRefusers {
  readonly #persons = new FingerprintSet();
  readonly #personsWithNumber = new FingerprintSet();
  readonly #personsOfSeveralNumbers = new FingerprintSet();
  readonly #numbers = new FingerprintSet();

  add(refuser: Refuser): void {
    this.addNumber(refuser.customerNumber);
    const names = searchNamesOf(refuser);
    if (names.searchName === '') return;
    for (const normalised of normalisedOf(refuser)) {
      const person = personKey(names, normalised);
      const isNewHere = this.#personsWithNumber.add(withNumber(person, refuser.customerNumber));
      if (!this.#persons.add(person) && isNewHere) this.#personsOfSeveralNumbers.add(person);
    }
  }

  addNumber(customerNumber: string): void {
    this.#numbers.add(customerNumber.toLowerCase());
  }

  /** Whether a row of this customer number says no. */
  hasNumber(customerNumber: string): boolean {
    return this.#numbers.has(customerNumber.toLowerCase());
  }

  /** Whether a row of the same person, told by these keys, says no under another customer number. */
  hasUnderAnotherNumber(persons: readonly string[], customerNumber: string): boolean {
    return persons.some(
      (person) =>
        this.#persons.has(person) &&
        (this.#personsOfSeveralNumbers.has(person) ||
          !this.#personsWithNumber.has(withNumber(person, customerNumber))),
    );
  }
}

function withNumber(person: string, customerNumber: string): string {
  return `${person}\n${customerNumber.toLowerCase()}`;
}

/** One key of a person: the same name with the same number or address is the same person. */
export function personKey(
  { searchName, searchGivenName }: Pick<SearchNames, 'searchName' | 'searchGivenName'>,
  normalised: string,
): string {
  return `${searchName}\n${searchGivenName}\n${normalised}`;
}

/** Every number and address of somebody that can be used. */
export function normalisedOf({ contactPoints }: Pick<Refuser, 'contactPoints'>): string[] {
  return contactPoints.flatMap(({ normalised }) => normalised ?? []);
}
