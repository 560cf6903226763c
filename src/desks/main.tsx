// Where the desk's page begins: the browser is looked at, the replica is connected, the desks are put into the shell.
import { mountDesk } from '#desk/app/root.tsx';
import { boot } from '#desk/boot.ts';
import { SCREENS } from './screens.ts';
import { Enrol } from './signin/enrol.tsx';
import { Lock } from './signin/lock.tsx';
import { SignIn } from './signin/sign-in.tsx';

const root = document.getElementById('desk');
if (root === null) throw new Error('invariant: index.html has #desk');

await boot(root, async (element, { client, updates, persistence, desk }) => {
  await mountDesk(element, {
    client,
    host: { updates, persistence, link: () => desk.link, onLink: (listener) => desk.onLink(listener) },
    screens: SCREENS,
    gates: { Enrol, SignIn, Lock },
  });
});
