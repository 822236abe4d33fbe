/** The browser and the system behind a User-Agent, as people call them; never more than that is kept. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?(?:iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b/, 'an iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'a Mac'],
  [/\bCrOS\b/, 'a Chromebook'],
  [/\bLinux\b/, 'Linux'],
];

/** Such as "Chrome on Windows"; "A browser" where nothing of it is known. */
export function browserWords(userAgent: string | undefined): string {
  const text = userAgent ?? '';
  const find = (known: typeof browsers) => known.find(([pattern]) => pattern.test(text))?.[1];
  const system = find(systems);
  const browser = find(browsers) ?? 'A browser';
  return system === undefined ? browser : `${browser} on ${system}`;
}
