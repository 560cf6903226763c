// Makes the demo's hospital in an empty folder: people of every role, and 5,000 patients with visits and results.
import { ADMIN, EVERY_ROLE, type SeedUser } from '#roles/seed.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE, DEMO_PIN } from '#roles/demo-users.ts';
import { NodeCrypto } from '../crypto.ts';
import { nodePasswords, SALT_BYTES } from '../passwords.ts';
import { found } from './init.ts';
import { loadVisits } from './load.ts';
import { openReplica } from './open-replica.ts';

const HOSPITAL = 'Nirantar Demo Hospital';
const VISITS = 5000;
const SEED = 2022;

/** @returns the recovery kit, which a real hospital prints and does not keep */
export async function foundDemo(dir: string, told: (stage: string) => void): Promise<unknown> {
  told('founding the hospital');
  const crypto = new NodeCrypto();
  const passwords = nodePasswords();
  // One verifier for all: argon2id takes its time, and the password is on the page.
  const verifier = await passwords.hash(DEMO_PASSWORD, crypto.randomBytes(SALT_BYTES));
  const pinVerifier = await passwords.hash(DEMO_PIN, crypto.randomBytes(SALT_BYTES));
  const users: SeedUser[] = [
    { user: ADMIN, name: 'Administrator', nameHi: 'प्रशासक', roles: EVERY_ROLE, verifier, pinVerifier },
    ...DEMO_PEOPLE.map((person) => ({ ...person, verifier, pinVerifier })),
  ];
  const output = await found({ dir, hospital: HOSPITAL, hubName: 'Outpatients', users });
  const { home, replica } = await openReplica(dir);
  try {
    told(`giving it ${VISITS} patients`);
    await loadVisits(replica, VISITS, SEED, ({ visits }) => {
      if (visits % 1000 === 0) told(`${visits} of ${VISITS} patients`);
    });
  } finally {
    await home.close();
  }
  return output;
}
