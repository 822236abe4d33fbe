import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { readAppointment } from '../../src/features/appointments/service.ts';
import { readCustomer } from '../../src/features/customers/service.ts';
import { recordPermissionEvent } from '../../src/features/permissions/service.ts';
import { adviser, answers } from '../support/customers.ts';
import { givenAppointment, givenKeeper } from '../support/workshop.ts';
import { expectAccessible } from './support/accessibility.ts';
import { expectEveryBoxUnticked, leavePopUp, popup } from './support/counter.ts';
import { test } from './support/journey.ts';

/** Counts every key that is pressed on the page, from now on. */
async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(
    `window.pressed = 0; addEventListener('keydown', () => { window.pressed += 1; }, true)`,
  );
  return () => page.evaluate<number>('window.pressed');
}

/** As a hand drags: in small steps, which a browser needs to notice that it is a drag. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.mouse.down();
  const place = await to.boundingBox();
  if (place === null) throw new Error('There is nowhere to drag to.');
  await page.mouse.move(place.x + 8, place.y + 8, { steps: 6 });
  await page.mouse.up();
}

test.describe('the workshop', () => {
  test.beforeEach(async ({ desk, dealership }) => {
    await desk.travelsTo('2026-11-23', '11:00:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
  });

  test('a returning caller with a known car is booked in within thirty seconds, by ten keys beyond the number', async ({
    page,
    dealership,
  }) => {
    const number = '07700 900871';
    const { customerId } = await givenKeeper(
      dealership.context,
      { registration: 'KC12 CAR', motDueOn: '2026-12-14', serviceDueOn: '2026-11-30', mileage: 48_200 },
      {
        title: 'Mrs',
        forename: 'Ida',
        surname: 'Quickfield',
        contactPoints: [{ kind: 'phone', value: number }],
      },
    );
    await page.goto('/diary');
    await expect(page.getByRole('heading', { name: 'Monday 23 November' })).toBeVisible();
    const pressed = await countKeys(page);
    const begun = performance.now();
    await page.keyboard.press('b');
    await expect(page.getByRole('combobox', { name: 'Who is it?' })).toBeFocused();
    await page.keyboard.type(number);
    await page.keyboard.press('Enter');
    await expectEveryBoxUnticked(page);
    await leavePopUp(page);
    await expect(popup(page)).toHaveCount(0);
    await expect(page.getByRole('checkbox', { name: 'Service' })).toBeFocused();
    await expect(page.getByText('MOT due 14 December 2026')).toBeVisible();
    await page.keyboard.press('a');
    await expect(page.getByRole('button', { name: 'Book Monday 11:00' })).toBeVisible();
    await page.keyboard.press('3');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Booked in' })).toBeVisible();
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect((await pressed()) - number.length).toBeLessThanOrEqual(10);
    const booked = page.getByRole('region', { name: 'The booking' });
    await expect(booked).toContainText('Tuesday 24 November at 8:00');
    await expect(booked).toContainText('Service, MOT');
    await expect(page.getByRole('button', { name: 'Book another car' })).toBeFocused();
    expect(page.url()).not.toContain(customerId);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Open the appointment' }).click();
    await expect(page.getByRole('heading', { name: 'Ford Focus KC12 CAR' })).toBeVisible();
  });

  test('who is not on file is entered while booking, and takes over a car that somebody else had', async ({
    page,
    dealership,
  }) => {
    const old = await givenKeeper(
      dealership.context,
      { registration: 'HD12 OVR' },
      { title: 'Mr', surname: 'Oldkeeper' },
    );
    await page.goto('/appointments/new');
    await expect(page.getByRole('combobox', { name: 'Who is it?' })).toBeFocused();
    await page.keyboard.type('hd12 ovr');
    await expect(page.getByRole('option', { name: /Oldkeeper/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('option', { name: /Somebody else has HD12 OVR now/ }).click();
    await expect(page.getByLabel('Registration')).toHaveValue('HD12 OVR');
    await page.getByLabel('Forename').fill('Nia');
    await page.getByLabel('Surname').fill('Newkeeper');
    await page.getByLabel('Mobile or landline').fill('07700 900872');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await leavePopUp(page);
    await expect(page.getByText('Nothing is known to be due.')).toBeVisible();
    await page.keyboard.press('d');
    await expect(page.getByRole('checkbox', { name: 'Diagnosis' })).toBeChecked();
    await expect(page.getByRole('button', { name: /^Book Monday/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Book and ask about preferences' }).click();
    await expect(popup(page)).toContainText('How may we keep in touch with Nia Newkeeper?');
    expect((await readCustomer(dealership.context, old.customerId)).vehicles[0]).toMatchObject({
      untilOn: '2026-11-23',
    });
  });

  test('a car that was sold goes at one key, another is entered, and nobody leaves the booking', async ({
    page,
    dealership,
  }) => {
    const { customerId } = await givenKeeper(dealership.context, { registration: 'SL12 OLD' });
    await recordPermissionEvent(
      dealership.context,
      customerId,
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    await page.goto(`/appointments/new?customer=${customerId}`);
    await expect(page.getByRole('checkbox', { name: 'Service' })).toBeFocused();
    await page.keyboard.press('n');
    await expect(page.getByText('Ford Focus SL12 OLD is no longer theirs.')).toBeVisible();
    await page.getByRole('button', { name: 'Another car' }).click();
    await page.getByLabel('Registration').fill('sl26 new');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('radio', { name: 'SL26 NEW' })).toBeChecked();
    await page.keyboard.press('s');
    await page.getByRole('radio', { name: 'Waits' }).check();
    await page.getByRole('button', { name: /^Book Monday/ }).click();
    await expect(page.getByRole('heading', { name: 'Booked in' })).toBeVisible();
    const { vehicles } = await readCustomer(dealership.context, customerId);
    expect(vehicles.map(({ registration, untilOn }) => [registration, untilOn])).toEqual([
      ['SL26NEW', null],
      ['SL12OLD', '2026-11-23'],
    ]);
  });

  test('an appointment is moved by keys and by the mouse, in the day and in the week', async ({
    page,
    dealership,
  }) => {
    const keeper = await givenKeeper(dealership.context, { registration: 'MV12 CAR' });
    const id = await givenAppointment(dealership.context, {
      ...keeper,
      arrivesOn: '2026-11-30',
      arrivalTime: '09:00',
    });
    const where = async () => {
      const { arrivesOn, arrivalTime } = await readAppointment(dealership.context, id);
      return `${arrivesOn} ${arrivalTime}`;
    };
    const rowOf = (time: string) => page.getByText(time, { exact: true }).locator('..');
    await page.goto('/diary?on=2026-11-30');
    const card = page.getByRole('link', { name: /MV12 CAR/ });
    await expect(card).toBeVisible();
    await expectAccessible(page);
    await card.focus();
    await page.keyboard.press('m');
    await expect(page.getByRole('dialog')).toContainText('now Monday 30 November at 9:00');
    await expectAccessible(page);
    await page.getByRole('radio', { name: '10:30' }).check();
    await page.keyboard.press('Enter');
    await expect(page.getByText('is moved to Monday 30 November at 10:30.')).toBeVisible();
    await expect(rowOf('10:30')).toContainText('MV12 CAR');
    await expect.poll(where).toBe('2026-11-30 10:30');
    await drag(page, card, page.getByText('11:30', { exact: true }));
    await expect.poll(where).toBe('2026-11-30 11:30');
    await page.keyboard.press('w');
    await expect(page.getByRole('heading', { name: 'Week of Monday 30 November' })).toBeVisible();
    const inWeek = page.getByRole('link', { name: /Focus/ });
    await drag(page, inWeek, page.getByRole('region', { name: 'Wednesday 2 December' }));
    await expect.poll(where).toBe('2026-12-02 11:30');
    await inWeek.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(where).toBe('2026-12-03 11:30');
    await expect(
      page.getByRole('region', { name: 'Thursday 3 December' }).getByRole('link', { name: /Focus/ }),
    ).toBeFocused();
    await expectAccessible(page);
  });

  test('a car goes from arrived to collected, each step at one key', async ({ page, desk, dealership }) => {
    const keeper = await givenKeeper(dealership.context, { registration: 'ST12 CAR' });
    const id = await givenAppointment(dealership.context, {
      ...keeper,
      arrivesOn: '2026-11-23',
      arrivalTime: '12:00',
    });
    await desk.travelsTo('2026-11-23', '12:05:00');
    await page.goto(`/appointments/${id}`);
    await leavePopUp(page);
    await expect(popup(page)).toHaveCount(0);
    const stands = page.getByRole('region', { name: 'Where it stands' });
    for (const [button, words] of [
      ['It has arrived', 'Arrived today at 12:05'],
      ['Work begins', 'Work began today at 12:05'],
      ['It is ready', 'Ready today at 12:05'],
      ['It was collected', 'Collected today at 12:05'],
    ] as const) {
      await expect(stands.getByRole('button', { name: button })).toBeVisible();
      await page.keyboard.press('.');
      await expect(stands).toContainText(words);
    }
    await expectAccessible(page);
  });

  test('what a health check finds is recorded, and what is put off comes round at the next booking', async ({
    page,
    dealership,
  }) => {
    const keeper = await givenKeeper(dealership.context, { registration: 'VH12 CHK' });
    const id = await givenAppointment(dealership.context, {
      ...keeper,
      arrivesOn: '2026-11-23',
      arrivalTime: '13:00',
    });
    await page.goto(`/appointments/${id}`);
    await leavePopUp(page);
    await expect(page.getByText('None yet. What the customer defers')).toBeVisible();
    await page.getByRole('button', { name: 'Record a health check' }).click();
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('What was looked at')).toHaveAccessibleDescription(
      'Say what was looked at.',
    );
    await page.getByLabel('What was looked at').fill('Rear brake pads');
    await page.getByLabel('Price, £').fill('142');
    await page.getByLabel('Decision').selectOption('Deferred');
    await page.getByLabel('Come back to it').fill('2026-12-10');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    const check = page.getByRole('region', { name: 'Health check' });
    await expect(check.getByRole('row', { name: /Rear brake pads/ })).toContainText('£142');
    await expect(check).toContainText('Deferred until 10 December');
    await expectAccessible(page);
    await page.goto(`/appointments/new?customer=${keeper.customerId}`);
    await page.getByRole('button', { name: 'Add it' }).click();
    await expect(
      page.getByRole('checkbox', { name: /Rear brake pads deferred on 23 November 2026/ }),
    ).toBeChecked();
    await expect(page.getByRole('button', { name: /^Book Monday/ })).toBeVisible();
  });

  test('who looks after it and what is noted are changed at one key', async ({ page, dealership }) => {
    const id = await givenAppointment(dealership.context, { arrivesOn: '2026-11-23', arrivalTime: '13:30' });
    await page.goto(`/appointments/${id}`);
    await leavePopUp(page);
    await expect(popup(page)).toHaveCount(0);
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: /Change/ });
    await dialog.getByLabel('Notes').fill('Keys in the drop box');
    await dialog.getByLabel('Looked after by').selectOption('Amira Khan');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('region', { name: 'What it is here for' })).toContainText(
      'looked after by Amira Khan',
    );
  });

  test('a manager changes the hours of the workshop, and a closed day says why in the diary', async ({
    page,
    desk,
    dealership,
  }) => {
    await desk.isSignedInAs(await dealership.employs('Martin Price', 'manager'));
    await page.goto('/diary?on=2027-04-05');
    await page.getByRole('link', { name: 'Hours and capacity' }).click();
    await page.getByRole('button', { name: 'Add a closed day' }).click();
    await page.getByLabel('Day', { exact: true }).fill('2027-04-05');
    await page.getByRole('button', { name: 'Save the hours' }).click();
    await expect(page.getByRole('alert')).toContainText('its date and a reason');
    await expectAccessible(page);
    await page.getByLabel('Because').fill('Easter Monday');
    await page.getByRole('button', { name: 'Save the hours' }).click();
    await expect(page.getByText('The hours are saved.')).toBeVisible();
    await page.goto('/diary?on=2027-04-05');
    await expect(page.getByRole('heading', { name: 'The workshop is closed on Monday' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Room left' })).toContainText('Closed: Easter Monday');
  });

  test('a full day says what is full and what is free, and only a manager goes beyond it, with a reason', async ({
    page,
    desk,
    dealership,
  }) => {
    const keeper = await givenKeeper(dealership.context, { registration: 'FU12 DAY' });
    await desk.isSignedInAs(await dealership.employs('Martin Price', 'manager'));
    await page.goto('/diary/hours');
    await page.getByRole('button', { name: 'Add a short day' }).click();
    const days = page.getByRole('region', { name: 'Closed and short days' });
    await days.getByLabel('Day', { exact: true }).last().fill('2027-04-06');
    await days.getByLabel('Because').last().fill('Stock-taking');
    const short = days.getByRole('group', { name: 'Tuesday 6 April' });
    await short.getByLabel('Workshop hours').fill('1');
    await short.getByLabel('Closes').fill('12:00');
    await short.getByLabel('Last car').fill('11:00');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save the hours' }).click();
    await expect(page.getByText('The hours are saved.')).toBeVisible();
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
    const full = page.getByText(
      'The workshop has too few hours left on 6 April 2027: 0 min of 1 h are taken. The MOT bay: 0 min of 8 h are ' +
        'taken. The next free time for this work is 7 April 2027 at 08:00.',
    );
    const book = async (): Promise<void> => {
      await page.goto(`/appointments/new?customer=${keeper.customerId}`);
      await expect(page.getByRole('group', { name: 'What for' })).toBeVisible();
      await page.keyboard.press('s');
      await page.getByLabel('On another day').fill('2027-04-06');
      await expect(full).toBeVisible();
    };
    await page.goto(`/appointments/new?customer=${keeper.customerId}`);
    await leavePopUp(page);
    await book();
    await expect(page.getByLabel('Book it all the same, at')).toHaveCount(0);
    await expectAccessible(page);
    await desk.isSignedInAs(await dealership.employs('Martin Price', 'manager'));
    await book();
    await page.getByLabel('Book it all the same, at').fill('09:00');
    await page.getByLabel('Because').fill('Not safe to drive');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Book Tuesday 9:00' }).click();
    await expect(page.getByRole('heading', { name: 'Booked in' })).toBeVisible();
    await page.goto('/diary?on=2027-04-06');
    await expect(page.getByRole('link', { name: /FU12 DAY/ })).toContainText(
      'Over capacity: Not safe to drive',
    );
    await expectAccessible(page);
  });

  test('the day begins with who comes, and a car that was sold is theirs no longer at one key', async ({
    page,
    desk,
    dealership,
  }) => {
    const keeper = await givenKeeper(
      dealership.context,
      { registration: 'TD12 DAY' },
      { title: 'Mr', surname: 'Daybreak' },
    );
    await givenAppointment(dealership.context, { ...keeper, arrivesOn: '2026-11-26', arrivalTime: '08:00' });
    await givenAppointment(dealership.context, { arrivesOn: '2026-11-26', arrivalTime: '09:30' });
    await desk.travelsTo('2026-11-26', '07:55:00');
    await desk.isSignedInAs(await dealership.employs('Amira Khan', 'adviser'));
    await page.goto('/');
    const today = page.getByRole('region', { name: 'Booked in today' });
    await expect(today.getByRole('listitem').first()).toContainText('8:00Ford Focus TD12 DAYMr Daybreak');
    await expect(today.getByRole('listitem').first()).toContainText('Preferences: never asked');
    await expect(today.getByRole('listitem').last()).toContainText('9:30');
    await expectAccessible(page);
    await today.getByRole('link', { name: 'Ford Focus TD12 DAY' }).click();
    await leavePopUp(page);
    await page.keyboard.press('n');
    await expect(page.getByText('Ford Focus TD12 DAY is no longer theirs.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Their vehicles' })).toContainText('None is theirs now.');
    await expectAccessible(page);
  });

  test('an empty day says what to do, and a closed one why', async ({ page }) => {
    await page.goto('/diary?on=2027-03-02');
    await expect(page.getByText('Nobody is booked in yet.')).toBeVisible();
    await expectAccessible(page);
    await page.goto('/diary?on=2027-03-07');
    await expect(page.getByRole('heading', { name: 'The workshop is closed on Sunday' })).toBeVisible();
    await expectAccessible(page);
  });
});
