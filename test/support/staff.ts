import type { NewUser } from '../../src/features/users/service.ts';
import { createUser } from '../../src/features/users/service.ts';
import type { Answer, Request, TestApi } from './http.ts';

export const goodPassword = 'four calm grey herons';

/** A member of staff; an adviser unless it says otherwise. Answers the id. */
export function givenStaff(
  context: TestApi['context'],
  username: string,
  change: Partial<NewUser> = {},
): Promise<string> {
  const person = { username, fullName: 'Amira Khan', role: 'adviser', password: goodPassword };
  return createUser(context, { ...person, ...change });
}

/** A browser at the pages of the installation: it keeps its cookies and says where its requests come from. */
export interface Browser {
  readonly cookies: ReadonlyMap<string, string>;
  ask(url: string, request?: Request): Promise<Answer>;
  signIn(username: string, password?: string): Promise<Answer>;
}

export function browserOn(api: TestApi, usual: Record<string, string> = {}): Browser {
  const cookies = new Map<string, string>();
  const ask = async (url: string, request: Request = {}): Promise<Answer> => {
    const headers = {
      'sec-fetch-site': 'same-origin',
      ...(cookies.size === 0 ? {} : { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
      ...usual,
      ...request.headers,
    };
    const answer = await api.ask(`/api/v1${url}`, { key: null, ...request, headers });
    for (const line of setCookies(answer)) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    cookies,
    ask,
    signIn: (username, password = goodPassword) => ask('/session', { body: { username, password } }),
  };
}

export function setCookies(answer: Answer): string[] {
  const given = answer.headers['set-cookie'];
  if (given === undefined) return [];
  return Array.isArray(given) ? given.map(String) : [String(given)];
}
