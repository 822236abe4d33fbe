import type { Reporter, TestModule } from 'vitest/node';
import { recordCounts } from './counts.ts';

/**
 * Ends the whole output with one line a person or a program can read: how many tests passed and failed. A file,
 * a hook or a promise that fails outside any test counts as one failure, so that "0 failed" means just that.
 */
export class CountingReporter implements Reporter {
  #line = '0 passed, 0 failed';

  onInit(): void {
    // why: other reporters and the clearing up write after the run has ended; only this comes last of all.
    process.once('exit', () => process.stdout.write(`${this.#line}\n`));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      count.failed += module.errors().length;
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed' || state === 'failed') count[state] += 1;
        else count.skipped += 1;
      }
    }
    const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
    recordCounts('Tests', count);
    this.#line = `${count.passed} passed, ${count.failed} failed${skipped}`;
  }
}
