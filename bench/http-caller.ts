import { Agent, request } from 'node:http';

/** Asks one server over one kept connection, one request after another, as a person at a screen does. */
export class HttpCaller {
  readonly #address: string;
  readonly #key: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(address: string, key: string) {
    this.#address = address;
    this.#key = key;
  }

  /** The parsed body. Throws when the answer is not 200. */
  post(path: string, body: unknown): Promise<unknown> {
    const text = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.#address}/api/v1${path}`,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            authorization: `Bearer ${this.#key}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          },
        },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('error', reject);
          response.on('end', () => {
            const answer = Buffer.concat(pieces).toString('utf8');
            if (response.statusCode === 200) resolve(JSON.parse(answer));
            else reject(new Error(`${path} answered ${response.statusCode}: ${answer.slice(0, 300)}`));
          });
        },
      );
      asked.on('error', reject);
      asked.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
