/** What became of some words of a text: they stayed, they are new, or they are gone. */
export interface WordChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** What changed from one text to another, by whole words, with what stayed in between; removed stands before added. */
export function wordChanges(before: string, after: string): WordChange[] {
  const old = before.match(/\S+/g) ?? [];
  const young = after.match(/\S+/g) ?? [];
  const common = longestCommon(old, young);
  const changes: { kind: WordChange['kind']; words: string[] }[] = [];
  const add = (kind: WordChange['kind'], word: string | undefined): void => {
    if (word === undefined) return;
    const last = changes.at(-1);
    if (last?.kind === kind) last.words.push(word);
    else changes.push({ kind, words: [word] });
  };
  let from = 0;
  let to = 0;
  while (from < old.length || to < young.length) {
    if (from < old.length && old[from] === young[to]) {
      add('same', old[from]);
      from += 1;
      to += 1;
    } else if (from < old.length && lengthAt(common, from + 1, to) >= lengthAt(common, from, to + 1)) {
      add('removed', old[from]);
      from += 1;
    } else {
      add('added', young[to]);
      to += 1;
    }
  }
  return changes.map(({ kind, words }) => ({ kind, text: words.join(' ') }));
}

function lengthAt(common: readonly (readonly number[])[], from: number, to: number): number {
  return common[from]?.[to] ?? 0;
}

/** At each pair of places, how many words the rests have in common, in order. */
function longestCommon(old: readonly string[], young: readonly string[]): number[][] {
  const common: number[][] = Array.from({ length: old.length + 1 }, () =>
    new Array(young.length + 1).fill(0),
  );
  for (let from = old.length - 1; from >= 0; from -= 1) {
    for (let to = young.length - 1; to >= 0; to -= 1) {
      const row = common[from];
      if (row === undefined) continue;
      row[to] =
        old[from] === young[to]
          ? lengthAt(common, from + 1, to + 1) + 1
          : Math.max(lengthAt(common, from + 1, to), lengthAt(common, from, to + 1));
    }
  }
  return common;
}
