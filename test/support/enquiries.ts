import { givenCustomer } from './customers.ts';
import type { Answer, TestApi } from './http.ts';

/** Enters an enquiry of a customer, a new one unless somebody is named; answers what the API says. */
export async function givenEnquiry(
  api: TestApi,
  given: Record<string, unknown> = {},
): Promise<{ readonly id: string; readonly customerId: string; readonly etag: string }> {
  const customer = given['customer'] ?? (await givenCustomer(api.context));
  const body = { source: 'walk_in', customer, vehicleOfInterest: 'Ford Puma', ...given };
  const answer = await api.ask('/api/v1/enquiries', { body });
  if (answer.status !== 201) throw new Error(`The enquiry was not entered: ${answer.text}`);
  return {
    id: String(answer.at('id')),
    customerId: String(answer.at('customerId')),
    etag: String(answer.headers['etag']),
  };
}

/** Edits it as it stands now, or as of the ETag that is given. */
export async function changeEnquiry(
  api: TestApi,
  id: string,
  changes: Record<string, unknown>,
  etag?: string,
): Promise<Answer> {
  const current = etag ?? String((await api.ask(`/api/v1/enquiries/${id}`)).headers['etag']);
  return api.ask(`/api/v1/enquiries/${id}`, {
    method: 'PATCH',
    body: changes,
    headers: { 'if-match': current },
  });
}
