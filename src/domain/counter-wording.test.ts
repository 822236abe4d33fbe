import { describe, expect, it } from 'vitest';
import {
  defaultCounterWording,
  namesDealer,
  readOut,
  spokenCar,
  spokenVehicles,
  unknownPlaceholders,
} from './counter-wording.ts';

const focus = { make: 'Ford', model: 'Focus' };
const fiesta = { make: 'Ford', model: 'Fiesta' };
const unnamed = { make: null, model: null };

describe('the wording of the counter', () => {
  it('names the dealer and the car of the customer', () => {
    expect(readOut(defaultCounterWording, { dealer: 'Hallam Motors Ltd', car: 'Focus' })).toBe(
      'May we, Hallam Motors Ltd, remind you when your Focus is due its MOT or service — and would you like to ' +
        'hear about our offers? You can choose how, and you can change your mind at any time.',
    );
  });

  it('is read as it stands, whatever a name holds', () => {
    expect(readOut('{dealer} and {car}', { dealer: '{car} $& Ltd', car: 'Focus' })).toBe(
      '{car} $& Ltd and Focus',
    );
  });

  it.each([
    [[], 'car'],
    [[focus], 'Focus'],
    [[{ make: 'Ford', model: ' ' }], 'Ford'],
    [[unnamed], 'car'],
    [[focus, fiesta], 'Focus or Fiesta'],
    [[focus, focus], 'Focus'],
    [[focus, fiesta, { make: 'Kia', model: 'Ceed' }], 'Focus, Fiesta or Ceed'],
    [[focus, unnamed], 'car'],
    [[focus, fiesta, focus, fiesta], 'car'],
  ])('speaks of %j as %s', (vehicles, words) => {
    expect(spokenCar(vehicles)).toBe(words);
  });

  it('means the only car of a customer, and no car in particular where several cannot be named', () => {
    expect(spokenVehicles([unnamed])).toEqual([unnamed]);
    expect(spokenVehicles([focus, unnamed])).toEqual([]);
  });

  it('says who asks', () => {
    expect(namesDealer('May we, {dealer}, write to you?', 'Hallam Motors Ltd')).toBe(true);
    expect(namesDealer('May Hallam Motors Ltd write to you?', 'Hallam Motors Ltd')).toBe(true);
    expect(namesDealer('May we write to you about your {car}?', 'Hallam Motors Ltd')).toBe(false);
  });

  it('knows no placeholder but the dealer and the car', () => {
    expect(unknownPlaceholders('{dealer} {car} {Dealer} { car }')).toEqual(['{Dealer}', '{ car }']);
  });
});
