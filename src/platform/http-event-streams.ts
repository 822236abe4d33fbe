import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { everySubject } from './announcements.ts';
import { RateLimitedError } from './application-error.ts';
import type { Context } from './context.ts';

/**
 * Streams of server-sent events: a browser that shows something hears that it changed. What a stream carries is where
 * its subject stands and nothing else; whoever is told reads it again, and that look is asked for and written down
 * as any other. A stream ends when its holder may not ask any more, or the program stops.
 */
export interface StreamQuestion {
  /** What it is about, as it is announced. */
  readonly subject: string;
  /** Where it stands now, as JSON without personal data; said when the stream begins and whenever it differs. */
  readonly position: () => Promise<string>;
}

export interface StreamLimits {
  /** Of one process. */
  readonly streams: number;
  /** Of one member of staff or API key. */
  readonly streamsOfOne: number;
  readonly heartbeatMilliseconds: number;
}

export const streamLimits: StreamLimits = {
  streams: 2_000,
  streamsOfOne: 16,
  // Proxies commonly end what is silent for a minute.
  heartbeatMilliseconds: 20_000,
};

/** Whoever reads too slowly is cut off, and connects again. */
const unreadBytesMax = 65_536;

/** The answer of a route that streams, for its schema. */
export const eventStreamAnswer = {
  200: {
    description: 'Events until either side ends it.',
    content: { 'text/event-stream': { schema: z.any().meta({ type: 'string' }) } },
  },
};

declare module 'fastify' {
  interface FastifyInstance {
    eventStreams: EventStreams;
  }
}

/** Gives the application its streams, which end before it closes. */
export function streamEvents(app: FastifyInstance, context: Context, limits: StreamLimits): void {
  const streams = new EventStreams(context, limits);
  app.decorate('eventStreams', streams);
  app.addHook('preClose', async () => streams.close());
}

class EventStreams {
  readonly #context: Context;
  readonly #limits: StreamLimits;
  readonly #open = new Set<EventStream>();
  #heartbeat: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;

  constructor(context: Context, limits: StreamLimits) {
    this.#context = context;
    this.#limits = limits;
  }

  /** Begins a stream. Throws RateLimitedError when there are too many. */
  async begin(request: FastifyRequest, reply: FastifyReply, question: StreamQuestion): Promise<FastifyReply> {
    const holder = `${request.actor.kind} ${request.actor.id ?? ''}`;
    const ofHolder = [...this.#open].filter((stream) => stream.holder === holder).length;
    const { streams, streamsOfOne } = this.#limits;
    if (ofHolder >= streamsOfOne || this.#open.size >= streams) {
      throw new RateLimitedError('Too many streams are open: close some, or ask again later.', {
        code: 'too-many-streams',
        retryAfterSeconds: 60,
      });
    }
    const stream = new EventStream(request, question, holder);
    reply.raw.once('close', () => stream.content.destroy());
    this.#open.add(stream);
    stream.content.once('close', () => this.#open.delete(stream));
    // why: asked for before its position is read, so that no change falls between the two.
    this.#listen();
    // A browser that cannot reach the server any more waits so long before it tries again.
    stream.write('retry: 5000\n\n');
    try {
      await stream.look();
    } catch (error) {
      stream.content.destroy();
      throw error;
    }
    return (
      reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store, no-transform')
        // For nginx, which would keep events back until it has a page of them.
        .header('x-accel-buffering', 'no')
        .send(stream.content)
    );
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#stopListening?.();
    for (const stream of this.#open) stream.end();
  }

  #listen(): void {
    this.#stopListening ??= this.#context.database.announcements.listen((subjects) => {
      for (const stream of this.#open) {
        if (subjects === null || stream.isAbout(subjects)) void this.#look(stream);
      }
    });
    this.#heartbeat ??= setInterval(() => {
      for (const stream of this.#open) {
        stream.write(': still here\n\n');
        // Word can be lost, and a role be changed.
        void this.#look(stream);
      }
    }, this.#limits.heartbeatMilliseconds).unref();
  }

  async #look(stream: EventStream): Promise<void> {
    try {
      await stream.look();
    } catch (error) {
      this.#context.logger.warn({ err: error }, 'A stream of events was ended');
      stream.end();
    }
  }
}

class EventStream {
  readonly holder: string;
  readonly content: Readable;
  readonly #request: FastifyRequest;
  readonly #question: StreamQuestion;
  readonly #subjects: readonly string[];
  #said: string | undefined;
  #looking: Promise<void> | undefined;
  #isAskedAgain = false;

  constructor(request: FastifyRequest, question: StreamQuestion, holder: string) {
    this.#request = request;
    this.#question = question;
    this.holder = holder;
    this.#subjects = [everySubject, question.subject, `${request.actor.kind}:${request.actor.id}`];
    this.content = new Readable({ read: () => undefined });
  }

  isAbout(subjects: ReadonlySet<string>): boolean {
    return this.#subjects.some((subject) => subjects.has(subject));
  }

  write(text: string): void {
    if (this.content.destroyed || this.content.readableEnded) return;
    if (this.content.readableLength > unreadBytesMax) this.content.destroy();
    else this.content.push(text);
  }

  /** Says where the subject stands, if that is news; one look at a time, and one more where there was word meanwhile. */
  look(): Promise<void> {
    if (this.#looking !== undefined) {
      this.#isAskedAgain = true;
      return this.#looking;
    }
    this.#looking = this.#lookUntilNothingIsNew().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookUntilNothingIsNew(): Promise<void> {
    do {
      this.#isAskedAgain = false;
      if (!(await this.#request.isStillAllowed())) {
        // Told apart from a connection that broke: connecting again would be refused.
        this.write('event: over\ndata: {}\n\n');
        this.end();
        return;
      }
      const position = await this.#question.position();
      if (position !== this.#said) this.write(`event: changed\ndata: ${position}\n\n`);
      this.#said = position;
    } while (this.#isAskedAgain);
  }

  end(): void {
    if (!this.content.destroyed && !this.content.readableEnded) this.content.push(null);
  }
}
