import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './shared/theme.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './router.tsx';
import { ConfirmProvider } from './shared/confirm.tsx';
import { queryClient } from './shared/query-client.ts';
import { theme } from './shared/theme.ts';

const colourScheme = localStorageColorSchemeManager({ key: 'navigator-colour-scheme' });

const place = document.querySelector('#navigator');
if (place === null) throw new Error('The page has no place for the application.');

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colourScheme}>
      <Notifications position="bottom-center" limit={3} autoClose={8_000} />
      <QueryClientProvider client={queryClient}>
        <ConfirmProvider>
          <RouterProvider router={router} />
        </ConfirmProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
