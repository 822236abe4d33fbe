import { Burger, Drawer, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation, useMatches, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy, useEffect } from 'react';
import classes from './app-shell.module.css';
import { navigation } from './navigation.ts';
import { DialogOnDemand } from './return-focus.tsx';
import { SearchBox } from './search-box.tsx';
import { SecondFactorMissing } from './second-factor/second-factor-missing.tsx';
import { useMay, useSession } from './session.ts';
import { useShortcut } from './shortcut.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { EmptyState } from './states.tsx';
import { UserMenu } from './user-menu.tsx';

// Loaded when it is wanted, since everybody waits for what comes first.
const HelpDialog = lazy(async () => ({ default: (await import('./help-dialog.tsx')).HelpDialog }));

/** What surrounds every screen of whoever is signed in: where to go, whom to find, who one is. */
export function AppShell(): ReactNode {
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  const { pathname } = useLocation();
  const router = useRouter();
  const mayFind = useMay('customers:read');
  useShortcut({ key: '?' }, help.open);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when it has led somewhere.
  useEffect(() => drawer.close(), [pathname]);
  return (
    <div className={classes['shell']}>
      <button type="button" className={classes['skip']} onClick={skipToContent}>
        Skip to the content
      </button>
      <Sidebar />
      <Drawer
        opened={isDrawerOpen}
        onClose={drawer.close}
        size="16rem"
        title="Navigator"
        closeButtonProps={{ 'aria-label': 'Close the menu' }}
        classNames={{
          content: classes['drawer'] ?? '',
          header: classes['drawer'] ?? '',
          close: classes['drawerClose'] ?? '',
        }}
      >
        <Entries />
      </Drawer>
      <header className={classes['top']}>
        <Burger
          className={classes['burger']}
          size="sm"
          opened={isDrawerOpen}
          onClick={drawer.open}
          aria-label="Open the menu"
          aria-expanded={isDrawerOpen}
        />
        {mayFind && <SearchBox />}
        <UserMenu showHelp={help.open} />
      </header>
      <main id="content" className={classes['main']} tabIndex={-1}>
        <AllowedScreen />
      </main>
      <SignInAgain leave={() => void router.invalidate()} />
      {isHelpOpen && (
        <DialogOnDemand>
          <HelpDialog close={help.close} />
        </DialogOnDemand>
      )}
    </div>
  );
}

/** The screen itself, or why it is not there: a role that may not use it is told so before anything is asked. */
function AllowedScreen(): ReactNode {
  const { scopes, secondFactor } = useSession();
  const scope = useMatches({ select: (matches) => matches.at(-1)?.staticData.scope });
  if (secondFactor.isMissing) return <SecondFactorMissing />;
  if (scope === undefined || scopes.includes(scope)) return <Outlet />;
  return (
    <EmptyState title="Your role does not include this screen">
      An administrator can change what your role is.
    </EmptyState>
  );
}

function Sidebar(): ReactNode {
  const { demo } = useSession();
  return (
    <aside className={classes['side']}>
      <Text className={classes['name']} component="p">
        Navigator
      </Text>
      <Entries />
      {demo && <p className={classes['demo']}>Demonstration: made-up people, nothing is ever sent.</p>}
    </aside>
  );
}

function Entries(): ReactNode {
  const { scopes } = useSession();
  const { pathname } = useLocation();
  const entries = navigation.filter(({ scope }) => scope === null || scopes.includes(scope));
  return (
    <nav aria-label="Main">
      {entries.map(({ label, to, Beside }) => {
        const isCurrent = to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`);
        return (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={label}
            active={isCurrent}
            aria-current={isCurrent ? 'page' : undefined}
            classNames={{ root: classes['entry'] ?? '', label: classes['entryLabel'] ?? '' }}
            rightSection={Beside === undefined ? null : <Beside />}
          />
        );
      })}
    </nav>
  );
}

// A button, since a link to #content would change the address, which the router would take for a visit.
function skipToContent(): void {
  document.querySelector<HTMLElement>('#content')?.focus();
}
