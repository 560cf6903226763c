// Puts providers, routes and shell together around the screens that it is handed. It must not know any desk.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '#desk/ui/fonts.css';
import '#desk/ui/tokens.css';
import '#desk/ui/desk.css';
import { startI18n } from '#desk/i18n/i18n.ts';
import { cssVariablesResolver, theme } from '#desk/ui/theme.ts';
import { MantineProvider } from '@mantine/core';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from '@tanstack/react-router';
import { type ReactElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { DeskClient } from './desk-client.ts';
import { DeskProvider } from './desk-context.tsx';
import type { DeskScreen, Gates } from './desk-screen.ts';
import { languageOf } from './look.ts';
import { Shell } from './shell.tsx';
import { NotFound, Trouble } from './trouble.tsx';
import { type Host, HostContext } from './update.ts';
import { parseDeskSearch } from './use-desk-search.ts';

export interface DeskParts {
  readonly client: DeskClient;
  readonly host: Host;
  readonly screens: readonly DeskScreen[];
  readonly gates: Gates;
}

export async function mountDesk(element: HTMLElement, parts: DeskParts): Promise<void> {
  await startI18n(languageOf(undefined));
  createRoot(element).render(
    <StrictMode>
      <Desk {...parts} />
    </StrictMode>,
  );
}

function Desk({ client, host, screens, gates }: DeskParts): ReactElement {
  const router = makeRouter(screens, gates);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <HostContext.Provider value={host}>
        <DeskProvider client={client}>
          <RouterProvider router={router} />
        </DeskProvider>
      </HostContext.Provider>
    </MantineProvider>
  );
}

let made: ReturnType<typeof createRouter> | undefined;

/** One router for the life of the page: strict mode draws twice. */
function makeRouter(screens: readonly DeskScreen[], gates: Gates): ReturnType<typeof createRouter> {
  if (made !== undefined) return made;
  const root = createRootRoute({
    component: () => <Shell screens={screens} gates={gates} />,
    notFoundComponent: NotFound,
    errorComponent: Trouble,
    validateSearch: parseDeskSearch,
  });
  const routes = screens.map((screen) =>
    createRoute({ getParentRoute: () => root, path: screen.path, component: lazyRouteComponent(screen.load), errorComponent: Trouble }),
  );
  made = createRouter({
    routeTree: root.addChildren(routes),
    // The app may be served under any path; index.html says which.
    basepath: new URL(document.baseURI).pathname,
    defaultPreload: 'intent',
    // Numbers of 12 digits must stay text: the default reads them as JSON.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(parseDeskSearch(search) as Record<string, string>).toString(); // only text survives the parser
      return text === '' ? '' : `?${text}`;
    },
  });
  return made;
}
