import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/** Both schemes and both widths. Which colours stand on which in either scheme is computed from the theme elsewhere. */
const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
] as const;
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Two looks take their time on a busy machine. It is not taken from the task of the journey, which was cut short by
 * them with one step to go.
 */
const timeToLookMilliseconds = 30_000;

/**
 * What is on screen meets WCAG 2.2 AA, in light and dark, on a desk and on a telephone, and never has to be
 * scrolled sideways.
 */
export async function expectAccessible(page: Page): Promise<void> {
  test.setTimeout(test.info().timeout + timeToLookMilliseconds);
  // A screen that is still on its way has no heading.
  await expect(page.locator('h1').first()).toBeVisible();
  const usual = page.viewportSize();
  const faults: string[] = [];
  for (const { colorScheme, width } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // What the head of the page half covers would be found too small to hit.
    await page.evaluate('scrollTo(0, 0)');
    // Without it a second page is opened for each look, which only pages with frames need.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(standards).analyze();
    faults.push(
      ...violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${colorScheme} ${width}: ${id} (${help}) at ${node.target.join(' ')}`),
      ),
    );
    const overhang = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (overhang > 0) faults.push(`${colorScheme} ${width}: ${overhang} pixels too wide`);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (usual !== null) await page.setViewportSize(usual);
  expect(faults).toEqual([]);
}
