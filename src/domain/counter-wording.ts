import { listWords } from './plain-words.ts';

/**
 * The wording of the counter: what an adviser reads out before a yes is recorded, with the name of the controller
 * (UK GDPR 7(2), recital 42) and the customer's own car. What is hashed is the text as it was read out.
 */
export const defaultCounterWording =
  'May we, {dealer}, remind you when your {car} is due its MOT or service — and would you like to hear about our ' +
  'offers? You can choose how, and you can change your mind at any time.';

/** More cars than these are not named one by one. */
const carsNamedMax = 3;

export interface SpokenVehicle {
  readonly make: string | null;
  readonly model: string | null;
}

/** Fills a wording for one customer. */
export function readOut(template: string, { dealer, car }: { dealer: string; car: string }): string {
  return template.replaceAll(/\{(dealer|car)\}/g, (_, name: string) => (name === 'dealer' ? dealer : car));
}

/** The cars that a wording speaks of by name, all of a customer's or none: `car` names nothing in particular. */
export function spokenVehicles<Vehicle extends SpokenVehicle>(
  vehicles: readonly Vehicle[],
): readonly Vehicle[] {
  if (vehicles.length > carsNamedMax) return [];
  const [first, ...others] = vehicles;
  // The only car of a customer is meant by `your car`, too.
  if (first !== undefined && others.length === 0) return [first];
  return vehicles.every((vehicle) => spokenName(vehicle) !== null) ? vehicles : [];
}

/** How the customer's cars are spoken of: `Focus`, `Focus or Fiesta`, or `car` where they cannot be named. */
export function spokenCar(vehicles: readonly SpokenVehicle[]): string {
  const names = [...new Set(spokenVehicles(vehicles).flatMap((vehicle) => spokenName(vehicle) ?? []))];
  const last = names.pop();
  if (last === undefined) return 'car';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}

/** The question about other companies, each in full (PECR 22(2)); empty where the dealer asks about none. */
export function companiesQuestion(companies: readonly string[]): string {
  if (companies.length === 0) return '';
  const which = companies.length === 1 ? '' : ' You can choose which.';
  return ` And would you like to hear from us about offers of ${listWords(companies, 'or')}?${which}`;
}

/** Whether whoever is asked learns who asks. */
export function namesDealer(template: string, dealer: string): boolean {
  return readOut(template, { dealer, car: 'car' }).toLowerCase().includes(dealer.toLowerCase());
}

/** Words in braces that are no placeholder: a misspelt one would be read out as it stands. */
export function unknownPlaceholders(template: string): string[] {
  return [...template.matchAll(/\{[^}]*\}/g)]
    .map(([placeholder]) => placeholder)
    .filter((placeholder) => placeholder !== '{dealer}' && placeholder !== '{car}');
}

function spokenName({ make, model }: SpokenVehicle): string | null {
  return model?.trim() || make?.trim() || null;
}
