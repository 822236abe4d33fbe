import type { KeyboardEvent } from 'react';

/**
 * The arrow keys go from row to row of a table, where Enter opens: for its body, whose rows have one link or
 * button that stands for them, marked `data-row`.
 */
export function moveByRow(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!(event.target instanceof HTMLElement) || event.target.dataset['row'] === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const next = placeAfter(event.key, rows.indexOf(event.target), rows.length);
  if (next === null) return;
  event.preventDefault();
  rows[next]?.focus();
}

function placeAfter(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
