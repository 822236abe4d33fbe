import type { Reporter, Suite, TestCase } from '@playwright/test/reporter';
import { recordCounts } from '../../support/counts.ts';

/** Ends the journeys with one line: how many passed and failed. What fails outside any journey counts, too. */
export default class CountingReporter implements Reporter {
  #suite: Suite | undefined;
  #errors = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onError(): void {
    this.#errors += 1;
  }

  onEnd(): void {
    const tests: readonly TestCase[] = this.#suite?.allTests() ?? [];
    const passed = tests.filter((test) => test.outcome() === 'expected').length;
    const failed = tests.length - passed + this.#errors;
    recordCounts('Journeys', { passed, failed });
    // why: other reporters write after the run has ended; only this comes last of all.
    process.once('exit', () => process.stdout.write(`Journeys: ${passed} passed, ${failed} failed\n`));
  }

  printsToStdio(): boolean {
    return false;
  }
}
