/** A browser that goes from site to site over real HTTP, and keeps the cookies of each site apart. */
export class WebBrowser {
  /** Every cookie that was given out, as the site wrote it. */
  readonly givenCookies: string[] = [];
  readonly #jars = new Map<string, Map<string, string>>();

  async get(address: string): Promise<Response> {
    const url = new URL(address);
    const jar = this.#jarOf(url);
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const headers = cookie === '' ? {} : { cookie };
    const response = await fetch(url, { redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) {
      this.givenCookies.push(line);
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Goes wherever it is sent, until it is sent to an address that `isThere`, which is answered and not opened. */
  async follow(address: string, isThere: (url: URL) => boolean): Promise<URL> {
    let url = new URL(address);
    for (let steps = 0; steps < 10; steps += 1) {
      const response = await this.get(url.href);
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.origin}${url.pathname} answered ${response.status}.`);
      url = new URL(location, url);
      if (isThere(url)) return url;
    }
    throw new Error('This leads in a circle.');
  }

  /** Where somebody is sent who presses "Sign in with …" at an installation. */
  leave(navigator: string): Promise<URL> {
    return this.follow(`${navigator}/provider/sign-in`, () => true);
  }

  forget(name: string): void {
    for (const jar of this.#jars.values()) jar.delete(name);
  }

  #jarOf({ origin }: URL): Map<string, string> {
    const jar = this.#jars.get(origin) ?? new Map<string, string>();
    this.#jars.set(origin, jar);
    return jar;
  }
}
