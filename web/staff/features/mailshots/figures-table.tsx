import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Channel } from '../../../../src/domain/vocabulary.ts';
import { useMay } from '../../shared/session.ts';
import type { Count, LeftOut } from './answers.ts';
import { whoOf } from './answers.ts';
import classes from './mailshots.module.css';
import type { Tone } from './reason-words.ts';
import { sayReasons, toneOf } from './reason-words.ts';
import { grouped } from './words.ts';

// why: reasons come together in many ways; the small ones are one press away, and the sum holds all the same.
const rowsMax = 9;

interface FiguresTableProps {
  readonly count: Count;
  readonly channel: Channel;
  readonly openPeople: (who: string) => void;
}

/** A table that is its own chart: words, a bar for the eye, the number, and who they are. It always adds up. */
export function FiguresTable({ count, channel, openPeople }: FiguresTableProps): ReactNode {
  const mayLook = useMay('customers:read');
  const longest = Math.max(count.permitted, ...count.leftOut.map(({ people }) => people), 1);
  const [isWhole, setWhole] = useState(false);
  const shown =
    isWhole || count.leftOut.length <= rowsMax ? count.leftOut : count.leftOut.slice(0, rowsMax - 1);
  const rest = count.leftOut.slice(shown.length);
  const shared = { longest, openPeople: mayLook ? openPeople : null };
  return (
    <table className={classes['table']}>
      <caption className={classes['unseen']}>
        Everybody who matches: who may be contacted, and why the others are left out
      </caption>
      <thead className={classes['unseen']}>
        <tr>
          <th scope="col">What holds</th>
          <th scope="col">People</th>
          <th scope="col">Who</th>
        </tr>
      </thead>
      <tbody>
        <Row {...shared} words="May be contacted" tone="yes" people={count.permitted} who="permitted" />
        {shown.map((leftOut) => (
          <Row
            {...shared}
            key={whoOf(leftOut)}
            words={sayReasons(leftOut.reasons, channel)}
            tone={toneOf(leftOut.reasons)}
            people={leftOut.people}
            who={whoOf(leftOut)}
          />
        ))}
        {rest.length > 0 && <Rest rest={rest} show={() => setWhole(true)} />}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Everybody who matches</th>
          <td className={classes['number']}>{grouped(count.matching)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function Rest({ rest, show }: { readonly rest: readonly LeftOut[]; readonly show: () => void }): ReactNode {
  return (
    <tr>
      <th scope="row">
        <UnstyledButton className={classes['rest']} onClick={show}>
          Show {rest.length} smaller groups
        </UnstyledButton>
      </th>
      <td className={classes['number']}>{grouped(rest.reduce((sum, { people }) => sum + people, 0))}</td>
      <td />
    </tr>
  );
}

interface RowProps {
  readonly words: string;
  readonly tone: Tone;
  readonly people: number;
  readonly who: string;
  readonly longest: number;
  readonly openPeople: ((who: string) => void) | null;
}

function Row({ words, tone, people, who, longest, openPeople }: RowProps): ReactNode {
  const width = people === 0 ? '0' : `max(2px, ${(people / longest) * 100}%)`;
  return (
    <tr>
      <th scope="row">
        <span className={classes['rowWords']}>{words}</span>
        <span className={classes['bar']}>
          <span className={classes['filled']} data-tone={tone} style={{ width }} />
        </span>
      </th>
      <td className={classes['number']}>{grouped(people)}</td>
      <td>
        {openPeople !== null && people > 0 && (
          <UnstyledButton
            className={classes['who']}
            onClick={() => openPeople(who)}
            aria-label={`Who: ${words}`}
          >
            who
          </UnstyledButton>
        )}
      </td>
    </tr>
  );
}
