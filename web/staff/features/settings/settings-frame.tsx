import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import classes from './settings.module.css';

const parts = [
  { to: '/settings/policy', label: 'Policy', scope: 'policy:read' },
  { to: '/settings/wordings', label: 'Wordings', scope: 'policy:read' },
  { to: '/settings/web-wordings', label: 'Website wordings', scope: 'policy:read' },
  { to: '/settings/resets', label: 'Reset permissions', scope: 'resets' },
] as const;

interface SettingsFrameProps {
  readonly part: (typeof parts)[number]['label'];
  readonly subtitle: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** What the screens of the settings have around them: the way from one to another. */
export function SettingsFrame({ part, subtitle, actions, children }: SettingsFrameProps): ReactNode {
  const { scopes } = useSession();
  return (
    <Screen title={part} documentTitle={`${part} · Settings`} subtitle={subtitle} actions={actions}>
      <nav aria-label="Settings" className={classes['parts']}>
        {parts
          .filter(({ scope }) => scopes.includes(scope))
          .map(({ to, label }) => (
            <Link
              key={to}
              to={to}
              className={classes['part']}
              aria-current={label === part ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
      </nav>
      {children}
    </Screen>
  );
}
