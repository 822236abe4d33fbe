import { Checkbox, List, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { contactKindWords, contactValue, flagsOf } from './contact-words.ts';
import type { MergedRecords, MergeWishes, PointToKeep } from './merging.ts';
import { pointsOf } from './merging.ts';
import { vehicleName } from './vehicle-words.ts';

interface MergePointsProps extends MergedRecords {
  readonly wishes: MergeWishes;
  readonly wish: (wishes: MergeWishes) => void;
}

/** Numbers and addresses, each kept or not, and the vehicles, which all go over. */
export function MergePoints({ survivor, absorbed, wishes, wish }: MergePointsProps): ReactNode {
  const points = pointsOf({ survivor, absorbed });
  const vehicles = new Map(
    [...survivor.vehicles, ...absorbed.vehicles].map((vehicle) => [vehicle.vehicleId, vehicle]),
  );
  const keep = ({ ids }: PointToKeep, isKept: boolean): void => {
    const others = wishes.leaveOut.filter((id) => !ids.includes(id));
    wish({ ...wishes, leaveOut: isKept ? others : [...others, ...ids] });
  };
  return (
    <Paper component="section" aria-label="What comes along">
      <Title order={2}>What comes along</Title>
      {points.length === 0 ? (
        <Text mt="xs">Neither record has a number or address.</Text>
      ) : (
        <Checkbox.Group
          label="Numbers and addresses that stay in use"
          description="All of them are suggested: whoever has two numbers has two. What is left out stays as history."
          value={points.filter(({ ids }) => !ids.some((id) => wishes.leaveOut.includes(id))).map(firstId)}
          mt="xs"
        >
          <Stack gap="xs" mt="xs">
            {points.map((each) => (
              <Checkbox
                key={firstId(each)}
                value={firstId(each)}
                label={`${contactKindWords[each.point.kind]}: ${contactValue(each.point)}`}
                description={whatOf(each)}
                onChange={(event) => keep(each, event.currentTarget.checked)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      <Text mt="md" fw={500} size="sm">
        Vehicles, all of which go over
      </Text>
      {vehicles.size === 0 ? (
        <Text>Neither record has one.</Text>
      ) : (
        <List>
          {[...vehicles.values()].map((vehicle) => (
            <List.Item key={vehicle.vehicleId}>{vehicleName(vehicle)}</List.Item>
          ))}
        </List>
      )}
    </Paper>
  );
}

function firstId({ point }: PointToKeep): string {
  return point.id;
}

function whatOf({ point, heldBy }: PointToKeep): string {
  const holder = heldBy.length > 1 ? 'On both records' : `No. ${heldBy.join()}`;
  const attention = flagsOf(point).filter(({ needsAttention }) => needsAttention);
  return [holder, ...attention.map(({ words }) => words)].join(' · ');
}
