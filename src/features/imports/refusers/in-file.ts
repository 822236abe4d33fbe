import type { Refuser } from '../../../domain/import-refusal.ts';
import type { NamedCustomer } from '../../../domain/person-name.ts';
import { searchNamesOf } from '../../../domain/person-name.ts';
import { FingerprintSet } from '../fingerprint-set.ts';

/** Somebody as told from others: a name, and a number or address that can be used. */
type Told = Pick<Refuser, 'customerNumber' | 'contactPoints'> & NamedCustomer;

/** Whoever says no in a row of one file, by person and by customer number, in a few bytes each. */
export class FileRefusers {
  readonly #persons = new FingerprintSet();
  readonly #personsWithNumber = new FingerprintSet();
  readonly #personsOfSeveralNumbers = new FingerprintSet();
  readonly #numbers = new FingerprintSet();

  add(refuser: Refuser): void {
    this.addNumber(refuser.customerNumber);
    for (const person of personsOf(refuser)) {
      const isNewHere = this.#personsWithNumber.add(withNumber(person, refuser));
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

  /** Whether a row of the same person under another customer number says no. */
  hasUnderAnotherNumber(customer: Told): boolean {
    if (this.#persons.size === 0) return false;
    return personsOf(customer).some(
      (person) =>
        this.#persons.has(person) &&
        (this.#personsOfSeveralNumbers.has(person) ||
          !this.#personsWithNumber.has(withNumber(person, customer))),
    );
  }
}

/** The person by each of their numbers and addresses; nobody where the name is blank. */
function personsOf(customer: Told): string[] {
  const { searchName, searchGivenName } = searchNamesOf(customer);
  if (searchName === '') return [];
  return customer.contactPoints.flatMap(({ normalised }) =>
    normalised === null ? [] : [`${searchName}\n${searchGivenName}\n${normalised}`],
  );
}

function withNumber(person: string, { customerNumber }: Told): string {
  return `${person}\n${customerNumber.toLowerCase()}`;
}
