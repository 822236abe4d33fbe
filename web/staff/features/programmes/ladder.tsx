import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './programmes.module.css';
import type { Programme, Step } from './programmes.ts';
import { daysWords, dayThatCounts, methodNames } from './programmes.ts';

type Place = { readonly days: number; readonly step: Step | null };

/** The steps of a programme along the time, with the day that counts among them; nearer steps lie nearer. */
export function Ladder({ programme }: { readonly programme: Programme }): ReactNode {
  const { kind, steps } = programme;
  const places: Place[] = [...steps.map((step) => ({ days: step.days, step })), { days: 0, step: null }].sort(
    (a, b) => a.days - b.days || Number(a.step === null) - Number(b.step === null),
  );
  const widths = places.map(({ days }, index) => Math.max(1, days - (places[index - 1]?.days ?? days)));
  return (
    <ol className={classes['ladder']} style={{ gridTemplateColumns: widths.map(columnOf).join(' ') }}>
      {places.map(({ days, step }) => (
        <li key={step?.id ?? 'day'} className={classes['rung']} data-day={step === null || undefined}>
          <span className={classes['knot']} aria-hidden={true} />
          <Text span fw={700} className={classes['rungName'] ?? ''}>
            {step === null ? dayThatCounts(kind) : methodNames[step.methods[0] ?? 'letter']}
          </Text>
          {step !== null && (
            <Text span size="sm" c="dimmed">
              {daysWords(days)}
              {step.methods.length > 1 && <Instead step={step} />}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}

function columnOf(width: number, index: number): string {
  return index === 0 ? '6.75rem' : `minmax(6.75rem, ${width}fr)`;
}

function Instead({ step }: { readonly step: Step }): ReactNode {
  const others = step.methods.slice(1).map((method) => methodNames[method]);
  return <span className={classes['instead']}>else {others.join(', then ')}</span>;
}
