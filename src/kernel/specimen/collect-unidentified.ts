// Takes a tube from somebody whose record is not known here: number and name as told (or a temporary name) are its two identifiers from the start.
import { z } from 'zod';
import { ageInput, toldAge } from '#kernel/shared/age.ts';
import { buildCommand, done, found, missing } from '#kernel/shared/build-command.ts';
import { reject } from '#kernel/shared/command.ts';
import { catalogueCode, personName, sex, typedNumber, urgency } from '#kernel/shared/fields.ts';
import { dateAt, instant, instantSchema } from '#kernel/shared/time.ts';
import { pickTests, readLabCatalogue, type LabCatalogue } from '#kernel/order/plan-order.ts';
import { temporaryName } from '#kernel/patient/temporary-name.ts';
import { MAX_AHEAD_MS } from './collect.ts';
import { scan } from './find-specimen.ts';
import { specimenEvent } from './specimen.ts';

const input = z.strictObject({
  /** The number on a pre-printed roll; left out, this desk prints one. */
  accession: typedNumber.optional(),
  /** Name as told. */
  name: personName.optional(),
  /** A name on a band that was given to somebody who cannot say theirs. Left out with no `name`, one is made. */
  temporaryName: personName.optional(),
  age: ageInput.optional(),
  sex: sex.optional(),
  tests: z.array(catalogueCode).max(60).optional(),
  container: catalogueCode,
  department: catalogueCode.optional(),
  urgency: urgency.optional(),
  collectedAt: instantSchema.optional(),
});
const result = z.object({
  accession: z.string(),
  temporary: z.string(),
  name: z.string(),
  specimen: z.string(),
  patient: z.string().optional(),
});

interface Facts {
  readonly accession: string | undefined;
  readonly catalogue: LabCatalogue;
}

export const collectUnidentified = buildCommand<z.infer<typeof input>, Facts, z.infer<typeof result>>({
  name: 'collectUnidentified',
  title: { en: 'Specimen of a person without a record', hi: 'बिना रिकॉर्ड वाले व्यक्ति का नमूना' },
  input,
  result,
  writes: ['UnidentifiedCollected'],
  async load(given, read) {
    const catalogue = await readLabCatalogue(read);
    if (given.accession === undefined) return found({ accession: undefined, catalogue });
    const scanned = await scan(read, given.accession);
    if ('missing' in scanned) return scanned;
    const { accession, specimen } = scanned.found;
    return specimen === undefined ? found({ accession, catalogue }) : missing('accession-in-use', {}, 'accession');
  },
  decide(given, { accession: roll, catalogue }, env) {
    const picked = pickTests(catalogue, given.tests ?? []);
    if ('rejection' in picked) return { ok: false, rejection: picked.rejection };
    if (!catalogue.containers.has(given.container)) return reject('container-unknown', { container: given.container }, 'container');
    const wrong = picked.tests.find((test) => test.containers.length > 0 && !test.containers.includes(given.container));
    if (wrong !== undefined)
      return reject(
        'test-not-in-container',
        { test: wrong.code, container: given.container, needs: wrong.containers.join(', ') },
        'container',
      );
    const collectedAt = given.collectedAt === undefined ? env.now : instant(given.collectedAt);
    if (collectedAt > env.now + MAX_AHEAD_MS) return reject('time-in-future', {}, 'collectedAt');
    const temporary = env.mint('temporary');
    const accession = roll ?? env.mint('accession');
    if (temporary === undefined || accession === undefined) return reject('numbers-used-up', { kind: 'accession' });
    const told = given.name ?? given.temporaryName;
    const name = told ?? temporaryName(temporary);
    const specimen = env.derivedStream('specimen', accession);
    const collected = specimenEvent(specimen, 'UnidentifiedCollected', {
      accession,
      temporary,
      name,
      nameIsTemporary: given.name === undefined,
      age: given.age === undefined ? undefined : toldAge(given.age, dateAt(env.now)),
      sex: given.sex ?? 'unknown',
      tests: picked.tests.map((test) => test.code),
      container: given.container,
      department: given.department,
      collectedAt,
      urgency: given.urgency ?? 'routine',
    });
    return done({ accession, temporary, name, specimen }, [collected]);
  },
});
