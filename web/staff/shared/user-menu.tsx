import type { MantineColorScheme } from '@mantine/core';
import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy, useState } from 'react';
import { branchesQuery } from './branches.ts';
import { DialogOnDemand } from './return-focus.tsx';
import { roleWords } from './role-words.ts';
import { signOut, useSession, workAt } from './session.ts';
import { sayDone, sayFailed } from './toast.tsx';
import classes from './user-menu.module.css';

// Loaded when it is wanted, since everybody waits for what comes first.
const PasswordDialog = lazy(async () => ({
  default: (await import('./password-dialog.tsx')).PasswordDialog,
}));

const schemes = [
  ['auto', 'As the computer'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Who one is and where: the branch worked at, light or dark, and the way out. */
export function UserMenu({ showHelp }: { readonly showHelp: () => void }): ReactNode {
  const { user, branch } = useSession();
  const router = useRouter();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [isChangingPassword, setChangingPassword] = useState(false);
  const leave = async (): Promise<void> => {
    try {
      await signOut();
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <>
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
          <Menu.Label>
            {user.fullName}, {roleWords[user.role].toLowerCase()}
          </Menu.Label>
          <Branches />
          <Menu.Label>Colours</Menu.Label>
          <Menu.RadioGroup
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
          >
            {schemes.map(([scheme, label]) => (
              <Menu.RadioItem key={scheme} value={scheme}>
                {label}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item onClick={() => void router.navigate({ to: '/account' })}>Your sign-in</Menu.Item>
          <Menu.Item onClick={() => setChangingPassword(true)}>Change your password</Menu.Item>
          <Menu.Item onClick={showHelp}>Help and keys</Menu.Item>
          <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChangingPassword && (
        <DialogOnDemand>
          <PasswordDialog close={() => setChangingPassword(false)} />
        </DialogOnDemand>
      )}
    </>
  );
}

function Branches(): ReactNode {
  const { branch } = useSession();
  const router = useRouter();
  const { data: branches = [] } = useQuery(branchesQuery);
  const change = async (code: string): Promise<void> => {
    try {
      await workAt(code);
      await router.invalidate();
      sayDone(`You now work at ${branches.find((known) => known.code === code)?.name ?? code}.`);
    } catch (error) {
      sayFailed(error);
    }
  };
  if (branches.length < 2) return null;
  return (
    <>
      <Menu.Label>Work at</Menu.Label>
      <Menu.RadioGroup value={branch.code} onChange={(code) => void change(code)}>
        {branches.map(({ code, name }) => (
          <Menu.RadioItem key={code} value={code} closeMenuOnClick={true}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function initialsOf(fullName: string): string {
  const parts = fullName.split(' ').filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined]
    .map((part) => part?.charAt(0) ?? '')
    .join('');
}
