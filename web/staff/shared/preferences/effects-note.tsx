import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { WhenText } from '../when-text.tsx';
import { YesNo } from '../yes-no.tsx';
import classes from './preferences.module.css';
import type { SavedEffects } from './preferences.ts';

interface EffectsNoteProps {
  readonly name: string;
  readonly effects: SavedEffects;
  readonly close: () => void;
}

/** What follows from what was saved, to be said to the customer. */
export function EffectsNote({ name, effects, close }: EffectsNoteProps): ReactNode {
  const { may, mayNot } = effects.effects;
  return (
    <Stack role="status" gap="md">
      <Text fw={700}>{name}’s choices are saved and count from this moment.</Text>
      {may.length > 0 && <Effects yes={true} sentences={may} />}
      {mayNot.length > 0 && <Effects yes={false} sentences={mayNot} />}
      {effects.nextReviewOn !== null && (
        <Text c="dimmed">
          The next review is due <WhenText when={effects.nextReviewOn} />.
        </Text>
      )}
      <Group>
        <Button onClick={close} autoFocus={true}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

function Effects({
  yes,
  sentences,
}: {
  readonly yes: boolean;
  readonly sentences: readonly string[];
}): ReactNode {
  return (
    <ul className={classes['effects']}>
      {sentences.map((sentence) => (
        <li key={sentence}>
          <YesNo yes={yes} /> {sentence}
        </li>
      ))}
    </ul>
  );
}
