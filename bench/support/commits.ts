// Signed commits as desks write them, made without a replica: registrations of synthetic patients, whole or of exactly 400 bytes.
import type { CommandId, StreamId } from '#kernel/shared/ids.ts';
import { makeNumber, SERIALS_PER_RANGE } from '#kernel/shared/numbers.ts';
import { instant } from '#kernel/shared/time.ts';
import { patientEvent } from '#kernel/patient/patient.ts';
import { toldAge } from '#kernel/shared/age.ts';
import { dateAt } from '#kernel/shared/time.ts';
import { toBase64Url } from '#kernel/shared/bytes.ts';
import { encodeBody, type Body } from '#journal/body.ts';
import { encodeCommit } from '#journal/commit.ts';
import { newStreamId } from '#journal/streams.ts';
import { generatePatients, type SyntheticPatient } from '#importers/synthetic/patients.ts';
import { OwnChain, NO_HEAD, type Identity } from '#roles/replica/own-chain.ts';
import { NodeCrypto } from '#node/crypto.ts';
import type { BenchHospital } from './hospital.ts';

export const BODY_BYTES = 400;
const SALT_CHARS = 12;
const node = new NodeCrypto();

/** One desk that writes: its chain, its numbers. */
export class BenchWriter {
  readonly #chain: OwnChain;
  readonly #hospital: Pick<BenchHospital, 'user' | 'trust'>;
  readonly #range: number;
  readonly #clock: { now(): number };
  #serial = 0;
  bodyBytes = 0;

  constructor(
    identity: Identity,
    range: number,
    hospital: Pick<BenchHospital, 'user' | 'trust'>,
    clock: { now(): number } = { now: () => Date.now() },
  ) {
    this.#clock = clock;
    this.#chain = new OwnChain(identity, NO_HEAD, node, clock);
    this.#hospital = hospital;
    this.#range = range;
  }

  /** As `registerPatient` writes it, with everything that was told and the answer of the command. */
  async registration(patient: SyntheticPatient): Promise<Uint8Array> {
    const { name, nameHi, relation, phone, address } = patient;
    const told = {
      name,
      ...(nameHi === undefined ? {} : { nameHi }),
      ...(phone === undefined ? {} : { phone }),
      relation: { type: relation.kind, name: relation.name },
      address: { village: address.village, district: address.district, state: address.state },
    };
    return this.#commit(patient, told, true);
  }

  /** The same with fewer words, filled up to exactly 400 bytes of body. */
  async small(patient: SyntheticPatient): Promise<Uint8Array> {
    return this.#commit(patient, { name: patient.name.slice(0, 16).trim(), address: { line: '' } }, false);
  }

  async #commit(patient: SyntheticPatient, told: object, whole: boolean): Promise<Uint8Array> {
    const command = toBase64Url(node.randomBytes(16)) as CommandId; // 22 characters of base64url
    const stream = newStreamId((bytes) => node.sha256(bytes), 'patient', command, 0);
    const uhid = makeNumber('uhid', this.#range, this.#serial % SERIALS_PER_RANGE);
    this.#serial += 1;
    const age = toldAge(patient.age, dateAt(instant(this.#clock.now())));
    const event = patientEvent(stream, 'PatientRegistered', { uhid, sex: patient.sex, age, ...told });
    const body: Omit<Body, 'salt'> = {
      command,
      do: 'registerPatient',
      user: this.#hospital.user,
      ...(whole ? { session: 'bench-bench-1234' } : {}),
      trust: this.#hospital.trust.map(([epoch, seq]): [string, number] => [epoch, seq]),
      events: [{ stream: event.stream, type: event.type, data: event.data }],
      ...(whole ? { result: { patient: stream, uhid, name: patient.name } } : {}),
    };
    if (!whole) fill(body);
    const commit = await this.#chain.next(body);
    this.bodyBytes += commit.body?.length ?? 0;
    return encodeCommit(commit);
  }
}

/** Lengthens the address until the body has exactly 400 bytes. */
function fill(body: Omit<Body, 'salt'>): void {
  const length = encodeBody({ salt: '-'.repeat(SALT_CHARS), ...body }).length;
  const data = body.events[0]?.data as { address: { line: string } }; // made by `small`
  if (length >= BODY_BYTES) throw new RangeError(`invariant: ${length} bytes leave nothing to fill`);
  data.address.line = 'House and street as told '.repeat(20).slice(0, BODY_BYTES - length - 1) + 'x';
}

/** Runs of `length` commits, one for each desk, with bodies of 400 bytes. */
export async function runsOf(
  hospital: BenchHospital,
  identities: readonly Identity[],
  ranges: readonly number[],
  length: number,
  seed: string,
): Promise<Uint8Array[][]> {
  const runs: Uint8Array[][] = [];
  const patients = generatePatients(seed, identities.length * length);
  for (const [i, identity] of identities.entries()) {
    const writer = new BenchWriter(identity, ranges[i] ?? 0, hospital);
    const run: Uint8Array[] = [];
    for (let k = 0; k < length; k += 1) {
      const next = patients.next();
      if (next.done !== true) run.push(await writer.small(next.value));
    }
    runs.push(run);
  }
  return runs;
}

export function deviceName(identity: Identity): StreamId {
  return identity.device;
}
