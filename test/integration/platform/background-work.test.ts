import { describe, expect, it } from 'vitest';
import { BackgroundWork } from '../../../src/platform/background-work.ts';

/** Work that begins, and goes on until it is told to end. */
function longWork(background: BackgroundWork) {
  const ended = Promise.withResolvers<void>();
  const begun = background.begin<string>(async (tell) => {
    tell('begun');
    await ended.promise;
    background.signal.throwIfAborted();
    return 'done';
  });
  return { begun, end: ended.resolve, fail: ended.reject };
}

function logged() {
  const lines: unknown[] = [];
  return { lines, log: { error: (line: unknown) => lines.push(line) } };
}

describe('work in the background', () => {
  it('answers when it has begun, and goes on', async () => {
    const { lines, log } = logged();
    const background = new BackgroundWork(log);
    const work = longWork(background);
    expect(await work.begun).toBe('begun');
    work.end();
    await background.stop();
    expect(lines).toEqual([]);
  });

  it('answers what it returns when there was nothing to begin, and throws what it was refused for', async () => {
    const background = new BackgroundWork(logged().log);
    expect(await background.begin(async () => 'nothing to do')).toBe('nothing to do');
    const refused = background.begin(async () => {
      throw new Error('Refused.');
    });
    await expect(refused).rejects.toThrow('Refused.');
    await background.stop();
  });

  it('begins one after the other, and a refusal does not hold up the next', async () => {
    const background = new BackgroundWork(logged().log);
    const order: string[] = [];
    const open = Promise.withResolvers<void>();
    const first = background.begin(async () => {
      order.push('first');
      await open.promise;
      throw new Error('Refused.');
    });
    const second = background.begin(async () => {
      order.push('second');
      return 'answered';
    });
    await Promise.resolve();
    expect(order).toEqual(['first']);
    open.resolve();
    await expect(first).rejects.toThrow('Refused.');
    expect(await second).toBe('answered');
    await background.stop();
  });

  it('that fails after it was answered is in the log, and ends nothing else', async () => {
    const { lines, log } = logged();
    const background = new BackgroundWork(log);
    const work = longWork(background);
    await work.begun;
    const failure = new Error('The database went away.');
    work.fail(failure);
    await background.stop();
    expect(lines).toEqual([{ err: failure }]);
  });

  it('ends when the program stops, which waits for it and lets nothing begin any more', async () => {
    const { lines, log } = logged();
    const background = new BackgroundWork(log);
    const work = longWork(background);
    await work.begun;
    const stopped = background.stop();
    let isStopped = false;
    void stopped.then(() => {
      isStopped = true;
    });
    await expect(background.begin(async () => 'late')).rejects.toMatchObject({ status: 503 });
    expect(isStopped).toBe(false);
    work.end();
    await stopped;
    expect(lines).toEqual([]);
  });

  it('that comes round again is done at once, and its failure does not end it', async () => {
    const { lines, log } = logged();
    const background = new BackgroundWork(log);
    const twice = Promise.withResolvers<void>();
    let rounds = 0;
    background.repeat(async () => {
      rounds += 1;
      if (rounds === 2) twice.resolve();
      throw new Error('This round failed.');
    }, 1);
    await twice.promise;
    await background.stop();
    expect(lines.length).toBeGreaterThanOrEqual(2);
  });
});
