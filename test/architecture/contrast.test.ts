import { describe, expect, it } from 'vitest';
import { readProjectFile } from './source-text.ts';

/** The colours of the screens, read from their tokens, against WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for edges. */
const styles = readProjectFile('web/staff/shared/theme.css');

const pairs: readonly [text: string, ground: string, least: number][] = [
  ...['text', 'quiet', 'link', 'yes', 'no'].flatMap((text): [string, string, number][] => [
    [text, 'card', 4.5],
    [text, 'page', 4.5],
  ]),
  ['text', 'accent-ground', 4.5],
  ['quiet', 'accent-ground', 4.5],
  ['link', 'accent-ground', 4.5],
  ['side-text', 'side', 4.5],
  ['side-current-text', 'side-current', 4.5],
  ['count-text', 'count', 4.5],
  ['accent-edge', 'card', 3],
  ...['consented', 'existing', 'assumed', 'not-asked', 'no'].map((state): [string, string, number] => [
    `state-${state}`,
    `state-${state}-ground`,
    4.5,
  ]),
];

describe.each([
  ['light', tokensOf(/^:root \{([^}]*)\}/m)],
  ['dark', tokensOf(/^:root\[data-mantine-color-scheme="dark"\] \{([^}]*)\}/m)],
])('the colours of the %s scheme', (_scheme, tokens) => {
  it.each(pairs)('let %s be read on %s', (text, ground, least) => {
    expect(contrast(tokens.get(text), tokens.get(ground))).toBeGreaterThanOrEqual(least);
  });
});

describe('the two schemes', () => {
  it('have the same tokens', () => {
    const light = [...tokensOf(/^:root \{([^}]*)\}/m).keys()];
    expect([...tokensOf(/^:root\[data-mantine-color-scheme="dark"\] \{([^}]*)\}/m).keys()]).toEqual(light);
    expect(light.length).toBeGreaterThan(20);
  });

  it('are measured as WCAG does', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
    expect(contrast(undefined, '#ffffff')).toBe(0);
  });
});

function tokensOf(block: RegExp): Map<string, string> {
  const text = block.exec(styles)?.[1] ?? '';
  return new Map(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

/** The ratio of WCAG 2.2; 0 for a colour that is missing. */
function contrast(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return 0;
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
