/**
 * Each schema exists twice, as it is given and as it is answered, and most are used in one of the two ways
 * alone. Leaves out what no operation uses, and gives what is given the plain name where that is free.
 */
export function withUsedComponents(document: {
  readonly components?: { readonly schemas?: object };
}): object {
  const schemas: Record<string, unknown> = { ...document.components?.schemas };
  const used = new Set<string>();
  const { components, ...operations } = document;
  const waiting = referencesIn(operations);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    waiting.push(...referencesIn(schemas[name]));
  }
  const plain = new Map(
    [...used].map((name) => [name, used.has(plainNameOf(name)) ? name : plainNameOf(name)] as const),
  );
  const kept = Object.fromEntries(
    [...plain].map(([name, shown]) => [shown, schemas[name]] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const renamed = { ...operations, components: { ...components, schemas: kept } };
  return rename(renamed, plain) as object;
}

const prefix = '#/components/schemas/';

function plainNameOf(name: string): string {
  return name.replace(/Input$/, '');
}

function referencesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner.slice(prefix.length)] : referencesIn(inner),
  );
}

function rename(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => rename(item, names));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key !== '$ref' || typeof inner !== 'string') return [key, rename(inner, names)];
      const name = inner.slice(prefix.length);
      return [key, `${prefix}${names.get(name) ?? name}`];
    }),
  );
}
