// All desks in the shell. It is loaded beside the worker, which must not wait for it.
import { mountDesk } from '#desk/app/root.tsx';
import type { Booted } from '#desk/boot.ts';
import { SCREENS } from './screens.ts';
import { Enrol } from './signin/enrol.tsx';
import { Lock } from './signin/lock.tsx';
import { SignIn } from './signin/sign-in.tsx';

export async function mount(element: HTMLElement, { client, updates, persistence, desk }: Booted): Promise<void> {
  await mountDesk(element, {
    client,
    host: { updates, persistence, link: () => desk.link, onLink: (listener) => desk.onLink(listener) },
    screens: SCREENS,
    gates: { Enrol, SignIn, Lock },
  });
}
