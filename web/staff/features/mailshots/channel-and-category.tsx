import { Checkbox, Chip, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ScreenChannel } from '../../../../src/domain/screen-channels.ts';
import {
  innerChannels,
  screenChannelLabels,
  screenChannels,
} from '../../../../src/domain/screen-channels.ts';
import type { Channel, Purpose } from '../../../../src/domain/vocabulary.ts';
import type { Draft } from './draft.ts';
import classes from './mailshots.module.css';
import { channelWords, purposeWords } from './words.ts';

interface Choosing {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
}

/** Category and channel, before anything else: who may be contacted depends on both. */
export function ChannelAndCategory({ draft, change }: Choosing): ReactNode {
  return (
    <Paper component="section" aria-labelledby="what-and-how">
      <Stack gap="sm">
        <Title order={2} id="what-and-how">
          What is it, and how does it go?
        </Title>
        <Categories draft={draft} change={change} />
        <Channels draft={draft} change={change} />
      </Stack>
    </Paper>
  );
}

const looks = {
  variant: 'outline',
  classNames: { root: classes['chip'] ?? '', label: classes['chipLabel'] ?? '' },
} as const;

const offeredPurposes: readonly Purpose[] = [
  'service_follow_up',
  'general_marketing',
  'permission_request',
  'service_message',
];

function Categories({ draft, change }: Choosing): ReactNode {
  const { category, channel } = draft;
  // One for other companies is made where those companies are known; here it is shown, and can be changed.
  const purposes = category === 'third_party_marketing' ? [...offeredPurposes, category] : offeredPurposes;
  const choose = (chosen: string): void => {
    const next = purposes.find((purpose) => purpose === chosen) ?? null;
    const isService = next === 'service_message';
    change({
      ...draft,
      category: next,
      recall: isService && draft.recall,
      promotion: isService && draft.promotion,
      channel: isService && channel === 'social_audience' ? 'social_dm' : channel,
    });
  };
  return (
    <>
      <Chips label="What it is" value={category} choose={choose}>
        {purposes.map((purpose) => (
          <Chip key={purpose} value={purpose} name="category" {...looks}>
            {purposeWords[purpose]}
          </Chip>
        ))}
      </Chips>
      {category === 'service_message' && (
        <Stack gap="xs">
          <Checkbox
            label="It is a safety recall"
            checked={draft.recall}
            onChange={(event) => change({ ...draft, recall: event.currentTarget.checked })}
          />
          <Checkbox
            label="It contains an offer"
            checked={draft.promotion}
            onChange={(event) => change({ ...draft, promotion: event.currentTarget.checked })}
          />
        </Stack>
      )}
      {category === 'third_party_marketing' && (
        <TextInput
          label="For which company?"
          description="Its full name: “selected partners” is not consent."
          value={draft.company}
          onChange={(event) => change({ ...draft, company: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function Channels({ draft, change }: Choosing): ReactNode {
  const { category, channel } = draft;
  const row = channel === null ? null : rowOf(channel);
  const choose = (chosen: string): void => {
    const known = screenChannels.find((candidate) => candidate === chosen);
    if (known !== undefined) change({ ...draft, channel: innerChannels(known)[0] ?? null });
  };
  const chooseWay = (chosen: string): void => {
    change({ ...draft, channel: chosen === 'social_audience' ? 'social_audience' : 'social_dm' });
  };
  return (
    <>
      <Chips label="How it goes" value={row} choose={choose}>
        {screenChannels.map((known) => (
          <Chip key={known} value={known} name="channel" {...looks}>
            {screenChannelLabels[known]}
          </Chip>
        ))}
      </Chips>
      {channel === 'automated_call' && (
        <Text c="dimmed">It goes by {channelWords[channel].toLowerCase()}.</Text>
      )}
      {row === 'social_media' && category !== 'service_message' && (
        <Chips label="How on social media" value={channel} choose={chooseWay}>
          <Chip value="social_dm" name="way" {...looks} size="xs">
            As a message to each
          </Chip>
          <Chip value="social_audience" name="way" {...looks} size="xs">
            As an audience for advertising
          </Chip>
        </Chips>
      )}
    </>
  );
}

function rowOf(channel: Channel): ScreenChannel | null {
  return screenChannels.find((row) => innerChannels(row).includes(channel)) ?? null;
}

interface ChipsProps {
  readonly label: string;
  readonly value: string | null;
  readonly choose: (value: string) => void;
  readonly children: ReactNode;
}

function Chips({ label, value, choose, children }: ChipsProps): ReactNode {
  return (
    <Chip.Group multiple={false} value={value} onChange={choose}>
      <Group gap={6} role="radiogroup" aria-label={label}>
        {children}
      </Group>
    </Chip.Group>
  );
}
