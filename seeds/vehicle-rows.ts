import { pickCar } from './cars.ts';
import { dayOf, today, writtenDay } from './days.ts';
import type { Chance } from './random.ts';
import { pickerOf } from './random.ts';

/** How many vehicles a customer has: 1.3 on average. */
export const pickVehicleCount = pickerOf([
  [0, 10],
  [1, 60],
  [2, 22],
  [3, 6],
  [4, 2],
]);

const soldShare = 0.01;
const daysPerYear = 365.25;
/** Cars on British roads are nine years old on average; hardly any in a dealer's records are older than 24. */
const ageYearsMax = 24;

/** One line of vehicles.csv. No two vehicle numbers have the same registration or VIN. */
export function generateVehicle(
  chance: Chance,
  vehicleNumber: number,
  customerNumber: number,
  lastContactOn: number,
): string {
  const car = pickCar(chance);
  const ageDays = Math.floor(chance.next() ** 1.35 * ageYearsMax * daysPerYear);
  const registeredOn = today - ageDays;
  const registration = registrationOf(vehicleNumber, registeredOn);
  const vin = chance.share(0.92) ? vinOf(car.vinPrefix, vehicleNumber, registeredOn) : '';
  const lastServiceOn = pickLastService(chance, registeredOn, lastContactOn);
  const serviceDueOn = (lastServiceOn ?? registeredOn) + 365;
  const motDueOn = pickMotDue(chance, registeredOn);
  const yearlyMiles = 3_000 + Math.floor((chance.next() + chance.next()) * 4_500);
  const measuredOn = lastServiceOn ?? today;
  const mileage = Math.round(((measuredOn - registeredOn) / daysPerYear) * yearlyMiles) + 10;
  const soldOn = chance.share(soldShare) ? writtenDay(today - chance.below(Math.min(ageDays, 700) + 1)) : '';
  const identity = `${customerNumber},${registration},${vin},${car.make},${car.model}`;
  const dates = `${writtenDay(registeredOn)},${writtenDay(motDueOn)},${writtenDay(serviceDueOn)},${lastServiceOn === null ? '' : writtenDay(lastServiceOn)}`;
  return `${identity},${dates},${chance.share(0.93) ? mileage : ''},${soldOn}\n`;
}

/** The first test is due three years after registration, then each year; one in eighteen is overdue. */
function pickMotDue(chance: Chance, registeredOn: number): number {
  const first = Math.round(registeredOn + 3 * daysPerYear);
  if (first > today) return first;
  // Owners drift from the anniversary by testing early or late.
  const drift = chance.below(120) - 60;
  const sinceFirst = today - first + drift;
  const next = today + 365 - (((sinceFirst % 365) + 365) % 365);
  return chance.share(0.055) ? next - 365 : next;
}

/** Most were in the workshop at their last contact or within the year before it. */
function pickLastService(chance: Chance, registeredOn: number, lastContactOn: number): number | null {
  const latest = lastContactOn - (chance.share(0.5) ? 0 : chance.below(365));
  if (latest - registeredOn < 300 || chance.share(0.08)) return null;
  return latest;
}

const regionLetters = [...'ABCDEFGHKLMNOPRSVWY'];
const officeLetters = [...'ABCDEFGHJKLMNOPRSTUVWXY'];
const lastLetters = [...'ABCDEFGHJKLMNOPRSTUVWXYZ'];
const yearLetters = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];
const combinations = regionLetters.length * officeLetters.length * lastLetters.length ** 3;
/** A prime that shares no factor with the number of combinations: each vehicle number meets its own. */
const stride = 1_299_709;

/** A mark of the form in use since September 2001, its two digits those of the half-year of registration. */
function registrationOf(vehicleNumber: number, registeredOn: number): string {
  let rest = (vehicleNumber * stride) % combinations;
  function letterOf(letters: readonly string[]): string {
    const letter = letters[rest % letters.length] ?? 'A';
    rest = Math.floor(rest / letters.length);
    return letter;
  }
  const three = letterOf(lastLetters) + letterOf(lastLetters) + letterOf(lastLetters);
  const office = letterOf(officeLetters) + letterOf(regionLetters);
  const { year, month } = dayOf(registeredOn);
  const age = month >= 9 ? year - 2000 + 50 : month >= 3 ? year - 2000 : year - 2001 + 50;
  return `${office[1]}${office[0]}${String(age).padStart(2, '0')} ${three}`;
}

function vinOf(prefix: string, vehicleNumber: number, registeredOn: number): string {
  const year = yearLetters[dayOf(registeredOn).year % yearLetters.length] ?? 'A';
  return `${prefix}${year}${String(vehicleNumber % 10_000_000).padStart(7, '0')}`;
}
