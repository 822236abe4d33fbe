import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BranchList } from '../../../src/features/branches/contract.ts';
import { read } from './api.ts';
import { roleWords } from './role-words.ts';
import { signOut, useSession, workAt } from './session.ts';
import { sayDone, sayFailed } from './toast.tsx';
import classes from './user-menu.module.css';

const schemes = [
  ['auto', 'As the computer'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Who one is and where: the branch worked at, light or dark, and the way out. */
export function UserMenu({ showHelp }: { readonly showHelp: () => void }): ReactNode {
  const { user, branch } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const router = useRouter();
  const leave = async (): Promise<void> => {
    try {
      await signOut();
      await router.navigate({ to: '/sign-in' });
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes['who']}>
          <span className={classes['long']}>
            {branch.name} · {user.fullName}, {roleWords[user.role].toLowerCase()}
          </span>
          <span className={classes['short']} aria-hidden="true">
            {initialsOf(user.fullName)}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Branches />
        <Menu.Label>Colours</Menu.Label>
        {schemes.map(([scheme, label]) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme ? '✓' : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={showHelp}>Help and keys</Menu.Item>
        <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Branches(): ReactNode {
  const { branch } = useSession();
  const router = useRouter();
  const { data } = useQuery({
    queryKey: ['/branches'],
    queryFn: ({ signal }) => read<BranchList>('/branches', { signal }),
    staleTime: 300_000,
  });
  const change = async (code: string, name: string): Promise<void> => {
    try {
      await workAt(code);
      await router.invalidate();
      sayDone(`You now work at ${name}.`);
    } catch (error) {
      sayFailed(error);
    }
  };
  const branches = data?.branches ?? [];
  if (branches.length < 2) return null;
  return (
    <>
      <Menu.Label>Work at</Menu.Label>
      {branches.map(({ code, name }) => (
        <Menu.Item
          key={code}
          role="menuitemradio"
          aria-checked={code === branch.code}
          rightSection={code === branch.code ? '✓' : null}
          onClick={() => void change(code, name)}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  );
}

function initialsOf(fullName: string): string {
  const parts = fullName.split(' ').filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined]
    .map((part) => part?.charAt(0) ?? '')
    .join('');
}
