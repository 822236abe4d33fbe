import { Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { wordChanges } from '../../../../src/domain/word-diff.ts';
import classes from './settings.module.css';

interface Words {
  readonly text: string;
  readonly phoneText: string;
}

/** What changed in the words since those before them; without any, the words as they are. */
export function WordingChanges({
  before,
  after,
}: {
  readonly before: Words | undefined;
  readonly after: Words;
}): ReactNode {
  const isOne = after.text === after.phoneText && (before === undefined || before.text === before.phoneText);
  return (
    <>
      <Text component="div" className={classes['words'] ?? ''}>
        {!isOne && <b>At the counter: </b>}
        <Changed before={before?.text} after={after.text} />
      </Text>
      {!isOne && (
        <Text component="div" mt="xs" className={classes['words'] ?? ''}>
          <b>On the phone: </b>
          <Changed before={before?.phoneText} after={after.phoneText} />
        </Text>
      )}
    </>
  );
}

function Changed({
  before,
  after,
}: {
  readonly before: string | undefined;
  readonly after: string;
}): ReactNode {
  if (before === undefined) return <>“{after}”</>;
  const changes = wordChanges(before, after);
  return changes.map(({ kind, text }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name, and never move.
    <Fragment key={index}>
      {index > 0 && ' '}
      {kind === 'same' && text}
      {kind === 'removed' && (
        <del>
          <VisuallyHidden component="span">removed: </VisuallyHidden>
          {text}
        </del>
      )}
      {kind === 'added' && (
        <ins>
          <VisuallyHidden component="span">added: </VisuallyHidden>
          {text}
        </ins>
      )}
    </Fragment>
  ));
}
