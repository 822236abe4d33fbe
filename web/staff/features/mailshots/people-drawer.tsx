import { Drawer, List, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Warning } from '../../../../src/domain/reason.ts';
import { warnings as warningSentences } from '../../../../src/domain/reason.ts';
import type { GivenSelection } from '../../../../src/features/mailshots/contract.ts';
import { branchesQuery } from '../../shared/branches.ts';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { ScreenLink } from '../../shared/links.tsx';
import { useReturnFocus } from '../../shared/return-focus.tsx';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import type { SelectedPerson } from './answers.ts';
import { partOf, usePeople } from './answers.ts';
import { lawBehind, sayReasons } from './reason-words.ts';
import { byChannelWords } from './words.ts';

interface PeopleDrawerProps {
  readonly selection: GivenSelection;
  /** `permitted`, or the codes of a reason joined by dots. */
  readonly who: string;
  readonly close: () => void;
}

/** The people behind one figure, each with a way to the record, and the rule that decided. */
export function PeopleDrawer({ selection, who, close }: PeopleDrawerProps): ReactNode {
  useReturnFocus();
  const pages = usePeople(selection, partOf(who));
  const { data, error, refetch } = pages;
  const people = data?.pages.flatMap((page) => page.people) ?? [];
  const isPermitted = who === 'permitted';
  const title = isPermitted
    ? `Who may be contacted by ${byChannelWords[selection.channel]}`
    : `Left out: ${sayReasons(who.split('.'), selection.channel)}`;
  return (
    <Drawer opened={true} onClose={close} position="right" size="lg" title={<b>{title}</b>}>
      {error !== null ? (
        <ErrorState error={error} tryAgain={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState what="Looking them up" />
      ) : people.length === 0 ? (
        <EmptyState title="Nobody, as of now">Somebody changed something since it was counted.</EmptyState>
      ) : (
        <Stack>
          {!isPermitted && people[0] !== undefined && <Reasons person={people[0]} />}
          <People people={people} withReasons={isPermitted} />
          <ShowMore pages={pages} />
          <Text size="sm" c="dimmed">
            As of now; everybody is decided again when the list is made. That you looked is on record.
          </Text>
        </Stack>
      )}
    </Drawer>
  );
}

function People({
  people,
  withReasons,
}: {
  readonly people: readonly SelectedPerson[];
  readonly withReasons: boolean;
}): ReactNode {
  const { data: branches } = useQuery(branchesQuery);
  const branchName = (code: string): string => branches?.find((known) => known.code === code)?.name ?? code;
  return (
    <Table highlightOnHover={true} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>{withReasons ? 'On what grounds' : 'Branch'}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Table.Tr key={person.customerId}>
            <Table.Td valign="top">
              <ScreenLink to="/customers/$id" params={{ id: person.customerId }} fz="sm" fw={600}>
                {person.name}
              </ScreenLink>
              <Text size="xs" c="dimmed">
                No. {person.customerNumber}
                {withReasons && `, ${branchName(person.branch)}`}
              </Text>
              <Reach customerId={person.customerId} />
            </Table.Td>
            <Table.Td valign="top">
              {withReasons ? <Grounds person={person} /> : branchName(person.branch)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Grounds({ person }: { readonly person: SelectedPerson }): ReactNode {
  return (
    <>
      <Reasons person={person} />
      {person.warnings.map((code) => (
        <Text key={code} size="sm" mt={4}>
          <b>Mind:</b> {isWarning(code) ? warningSentences[code] : code}
        </Text>
      ))}
    </>
  );
}

function isWarning(code: string): code is Warning {
  return code in warningSentences;
}

/** In sentences, with the law and the code by which the same is found in the record and the rules. */
function Reasons({ person }: { readonly person: SelectedPerson }): ReactNode {
  return (
    <List listStyleType="none">
      {person.reasons.map((code, index) => (
        <List.Item key={code}>
          <Text size="sm">{person.sentences[index]}</Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {[lawBehind(code), code].filter(Boolean).join(' · ')}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
