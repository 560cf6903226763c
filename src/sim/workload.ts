// What people do all day: each step is one real command at one desk, chosen by chance from what this desk shows. It must not know about faults.
import type { Reader } from '#kernel/shared/command.ts';
import { streamType, type StreamId } from '#kernel/shared/ids.ts';
import type { OrderState } from '#kernel/order/order.ts';
import type { PatientState } from '#kernel/patient/patient.ts';
import type { ResultState } from '#kernel/result/result.ts';
import type { SpecimenState } from '#kernel/specimen/specimen.ts';
import type { Replica } from '#roles/replica/replica.ts';
import type { Random } from '#importers/synthetic/random.ts';
import { DEPARTMENT, TESTS, type RoleName } from './hospital.ts';

export interface Wish {
  readonly role: RoleName;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** How many documents of a type a desk looks at when it picks its next work. */
const LOOK_AT = 40;
const SOME_OF_TYPE = 'SELECT stream FROM documents WHERE type = ? ORDER BY id DESC LIMIT ?';

export class Workload {
  readonly #random: Random;
  #registered = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The next thing that somebody at this desk wants. Sometimes it is not allowed or no longer possible: that is part of the work. */
  async next(replica: Replica): Promise<Wish> {
    const chance = this.#random.below(100);
    if (chance < 22) return this.#register();
    if (chance < 36) return (await this.#patientWork(replica)) ?? this.#register();
    if (chance < 92) return (await this.#tubeWork(replica)) ?? this.#register();
    if (chance < 96) return this.#unidentified();
    return this.#administration();
  }

  #register(): Wish {
    this.#registered += 1;
    const withOrder = this.#random.chance(0.8);
    return {
      role: 'clerk',
      name: 'registerPatient',
      input: {
        name: `Person ${this.#registered} ${this.#random.pick(['Devi', 'Kumar', 'Begum', 'Singh'])}`,
        sex: this.#random.pick(['female', 'male', 'unknown']),
        age: { years: this.#random.between(1, 90) },
        visit: { department: DEPARTMENT },
        ...(withOrder ? { tests: this.#tests() } : {}),
      },
    };
  }

  #unidentified(): Wish {
    return {
      role: 'collector',
      name: 'collectUnidentified',
      input: { name: 'Told Name', container: 'edta', tests: ['HGB'], sex: 'unknown' },
    };
  }

  #administration(): Wish {
    const random = this.#random.below(1000);
    return this.#random.chance(0.5)
      ? { role: 'administrator', name: 'createUser', input: { user: `new-${random}`, name: `New ${random}`, roles: ['clerk'] } }
      : { role: 'administrator', name: 'changeSettings', input: { criticalCallMinutes: this.#random.between(10, 90) } };
  }

  #tests(): string[] {
    return TESTS.filter(() => this.#random.chance(0.5)).concat('PLT');
  }

  async #pick<S>(replica: Replica, type: string): Promise<{ stream: StreamId; state: S } | undefined> {
    const rows = await replica.ports.storage.sql.read(SOME_OF_TYPE, [type, LOOK_AT]);
    if (rows.length === 0) return undefined;
    const stream = String(this.#random.pick(rows)['stream']) as StreamId; // the column holds stream ids
    const document = await replica.document<S>(stream);
    return document === undefined ? undefined : { stream, state: document.state };
  }

  async #patientWork(replica: Replica): Promise<Wish | undefined> {
    const patient = await this.#pick<PatientState>(replica, 'patient');
    const uhid = patient?.state.uhid;
    if (patient === undefined || uhid === undefined) return undefined;
    switch (this.#random.below(6)) {
      case 0:
        return { role: 'clerk', name: 'placeOrder', input: { uhid, tests: this.#tests() } };
      case 1:
        return {
          role: 'clerk',
          name: 'correctPatient',
          input: { uhid, name: `Corrected ${this.#random.below(100)}`, reason: 'told again' },
        };
      case 2: {
        const other = await this.#pick<PatientState>(replica, 'patient');
        return {
          role: 'clerk',
          name: 'linkPatients',
          input: { patient: patient.stream, into: other?.stream ?? patient.stream, reason: 'same person' },
        };
      }
      case 3:
        return { role: 'clerk', name: 'unlinkPatients', input: { patient: patient.stream, reason: 'not the same' } };
      case 4:
        return { role: 'clerk', name: 'startVisit', input: { uhid, department: DEPARTMENT } };
      default: {
        const order = await this.#pick<OrderState>(replica, 'order');
        return { role: 'clerk', name: 'cancelOrder', input: { order: order?.state.number ?? uhid, reason: 'not needed' } };
      }
    }
  }

  async #tubeWork(replica: Replica): Promise<Wish | undefined> {
    const tube = await this.#pick<SpecimenState>(replica, 'specimen');
    const accession = tube?.state.accession;
    if (tube === undefined || accession === undefined) return undefined;
    const { state } = tube;
    // Mostly the next step of the tube; now and then any step, as somebody does who is in a hurry or has an old screen.
    if (this.#random.chance(0.1)) return this.#anyTubeStep(accession);
    if (state.status === 'planned') return { role: 'collector', name: 'collectSpecimen', input: { accession } };
    if (state.receipts.length === 0) return { role: 'technician', name: 'receiveSpecimen', input: { accession } };
    return this.#resultWork(replica.reader(), tube.stream, state, accession);
  }

  async #resultWork(read: Reader, stream: StreamId, state: SpecimenState, accession: string): Promise<Wish> {
    const test = this.#random.pick(state.tests.length > 0 ? state.tests : ['HGB']);
    const found = (await read.linked(stream, 'result', `test:${test}`))[0];
    const result = found === undefined || streamType(found) !== 'result' ? undefined : await read.document<ResultState>(found);
    if (result !== undefined && result.state.call.status === 'open' && this.#random.chance(0.6)) return this.#call(accession, test);
    switch (result?.state.status) {
      case 'resulted':
        return { role: 'technician', name: 'validateTechnically', input: { accession, tests: [test] } };
      case 'technically-validated':
        return { role: 'pathologist', name: 'validateMedically', input: { accession, tests: [test] } };
      case 'final':
        return this.#random.chance(0.7)
          ? { role: 'pathologist', name: 'releaseReport', input: { accession } }
          : {
              role: 'pathologist',
              name: 'amendResult',
              input: { accession, test, value: this.#value(), unit: 'g/dL', reason: 'measured again' },
            };
      default:
        return { role: 'technician', name: 'enterResult', input: { accession, test, value: this.#value(), unit: 'g/dL' } };
    }
  }

  #call(accession: string, test: string): Wish {
    return this.#random.chance(0.5)
      ? {
          role: 'technician',
          name: 'recordCriticalCall',
          input: { accession, test, attempt: 'reached', toldName: 'Sister', toldRole: 'nurse', readBack: true },
        }
      : { role: 'technician', name: 'closeCriticalCall', input: { accession, test } };
  }

  #anyTubeStep(accession: string): Wish {
    const test = this.#random.pick(TESTS);
    return this.#random.pick<Wish>([
      { role: 'collector', name: 'collectSpecimen', input: { accession } },
      { role: 'technician', name: 'receiveSpecimen', input: { accession } },
      { role: 'technician', name: 'rejectSpecimen', input: { accession, reason: 'haemolysed' } },
      { role: 'technician', name: 'recollectSpecimen', input: { accession } },
      { role: 'technician', name: 'enterResult', input: { accession, test, value: this.#value(), unit: 'g/dL' } },
      { role: 'technician', name: 'cancelTest', input: { accession, test, reason: 'clotted' } },
      { role: 'collector', name: 'notCollected', input: { accession, reason: 'went home' } },
    ]);
  }

  #value(): number {
    return this.#random.chance(0.2) ? this.#random.between(1, 19) : this.#random.between(20, 400);
  }
}
