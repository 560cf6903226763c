// Where the desk's page begins: the browser is looked at, the replica is connected, the desks are put into the shell.
// What it imports itself stays small: the worker starts when this has run, and opening the replica takes longer than drawing.
import { boot } from '#desk/boot.ts';

const root = document.getElementById('desk');
if (root === null) throw new Error('invariant: index.html has #desk');

await boot(root, async (element, booted) => {
  const { mount } = await import('./mount.tsx');
  await mount(element, booted);
});
