import { screenCategories, screenChannels } from '../../src/domain/screen-channels.ts';
import type { Preferences } from '../../src/features/permissions/preferences/contract.ts';
import { givenCustomer } from './customers.ts';
import type { Answer, TestApi } from './http.ts';

/** One box of the pop-up, such as `sms service_follow_up`. */
export type BoxName = `${(typeof screenChannels)[number]} ${(typeof screenCategories)[number]}`;

/** The pop-up of preferences as a screen works with it, on the application of this test file. */
export interface PopUp {
  /** Enters a customer with a car of their own. */
  newCustomer(given?: Parameters<typeof givenCustomer>[1]): Promise<string>;
  open(customer: string, branch?: string): Promise<Preferences>;
  /** Saves every box that the pop-up shows, these ticked; `more` is sent in place of what is usual. */
  save(customer: string, ticked: readonly BoxName[], more?: Record<string, unknown>): Promise<Answer>;
  record(customer: string, event: Record<string, unknown>): Promise<Answer>;
  timeline(customer: string, query?: string): Promise<Answer>;
}

export function usePopUp(api: TestApi): PopUp {
  let cars = 0;
  const open = async (customer: string, branch?: string): Promise<Preferences> => {
    const query = branch === undefined ? '' : `?branch=${branch}`;
    const answer = await api.ask(`/api/v1/customers/${customer}/preferences${query}`);
    if (answer.status !== 200) throw new Error(`The pop-up did not open: ${answer.text}`);
    return answer.body as Preferences;
  };
  return {
    newCustomer: async (given = {}) => {
      cars += 1;
      const registration = `AB${(cars % 100).toString().padStart(2, '0')} CDE`;
      return givenCustomer(api.context, {
        vehicles: [{ registration, make: 'Ford', model: 'Focus' }],
        ...given,
      });
    },
    open,
    save: async (customer, ticked, more = {}) => {
      const { sequence, wording } = await open(customer);
      return api.ask(`/api/v1/customers/${customer}/preferences`, {
        body: {
          expectedSequence: sequence,
          wordingHash: wording.hash,
          method: 'in_person',
          answers: screenChannels.flatMap((channel) =>
            screenCategories.map((category) => ({
              channel,
              category,
              ticked: ticked.includes(`${channel} ${category}`),
            })),
          ),
          ...more,
        },
      });
    },
    record: (customer, event) => api.ask(`/api/v1/customers/${customer}/permission-events`, { body: event }),
    timeline: (customer, query = '') => api.ask(`/api/v1/customers/${customer}/timeline${query}`),
  };
}

/** One box as the pop-up shows it. */
export function boxOf({ channels }: Preferences, name: BoxName) {
  const [channel, category] = name.split(' ');
  const cell = channels
    .find((row) => row.channel === channel)
    ?.cells.find((candidate) => candidate.category === category);
  if (cell === undefined) throw new Error(`The pop-up has no box ${name}.`);
  return cell;
}
