// A hub's folder with very many patients, made by real signed commits through `ingest`, once, and kept for later runs.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatePatients } from '#importers/synthetic/patients.ts';
import { BenchWriter } from './commits.ts';
import { BENCH_ROOT } from './folders.ts';
import { foundBenchHospital, identityOfDesk, openBench } from './hospital.ts';

/** Raised when what is written changes: older folders are then made anew. */
const VERSION = 1;
const DESKS = 24;
const BATCH = 2000;
/** Registrations are spread over so many days up to the time of making: a desk of today holds the last 30 of them. */
const DAYS = 540;
const DAY_MS = 86_400_000;

export interface PatientsFacts {
  readonly patients: number;
  readonly bodyBytes: number;
  readonly buildSeconds: number;
  readonly ingestCpuSeconds: number;
}

export function patientsFolder(patients: number, days: number = DAYS): string {
  return path.join(BENCH_ROOT, `patients-${patients}${days === DAYS ? '' : `-in-${days}-days`}-v${VERSION}`);
}

/** The folder, made in a process of its own when it is not there (0.3 CPU-ms a patient). */
export async function patientsData(patients: number, say: (line: string) => void, days: number = DAYS): Promise<string> {
  const folder = patientsFolder(patients, days);
  if (!fs.existsSync(path.join(folder, 'facts.json'))) {
    say(`making ${patients} patients below ${BENCH_ROOT}, once`);
    await new Promise<void>((resolve, reject) => {
      const child = spawn(process.execPath, [fileURLToPath(import.meta.url), String(patients), String(days)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`making patients ended with ${code}`))));
    });
  }
  return folder;
}

export function patientsFacts(patients: number): PatientsFacts {
  return JSON.parse(fs.readFileSync(path.join(patientsFolder(patients), 'facts.json'), 'utf8')) as PatientsFacts; // written below
}

async function make(patients: number, days: number): Promise<void> {
  const folder = patientsFolder(patients, days);
  const partial = `${folder}.partial`;
  fs.rmSync(partial, { recursive: true, force: true });
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(partial), { recursive: true });
  const hospital = await foundBenchHospital(partial, DESKS);
  const { home, replica } = await openBench(partial);
  const started = Date.now();
  let at = started - days * DAY_MS;
  const step = (days * DAY_MS) / patients;
  const clock = { now: () => Math.floor(at) };
  const writers = hospital.desks.map((desk) => new BenchWriter(identityOfDesk(desk), desk.range, hospital, clock));
  let ingestCpu = 0;
  let batch: Uint8Array[] = [];
  let done = 0;
  const flush = async (): Promise<void> => {
    const before = process.cpuUsage();
    const report = await replica.ingest(batch);
    const used = process.cpuUsage(before);
    ingestCpu += (used.user + used.system) / 1e6;
    if (report.accepted.length !== batch.length) throw new Error(`accepted ${report.accepted.length} of ${batch.length}`);
    done += batch.length;
    batch = [];
    if (done % 100_000 === 0)
      console.error(
        `  ${done} patients, ${Math.round((Date.now() - started) / 1000)} s, ${((ingestCpu * 1000) / done).toFixed(3)} CPU-ms each to take in`,
      );
  };
  for (const patient of generatePatients('patients', patients)) {
    at += step;
    const writer = writers[Math.floor(done / BATCH) % writers.length];
    if (writer !== undefined) batch.push(await writer.registration(patient));
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await home.close();
  const bodyBytes = writers.reduce((sum, writer) => sum + writer.bodyBytes, 0) / patients;
  const facts: PatientsFacts = { patients, bodyBytes, buildSeconds: (Date.now() - started) / 1000, ingestCpuSeconds: ingestCpu };
  fs.writeFileSync(path.join(partial, 'facts.json'), JSON.stringify(facts));
  fs.renameSync(partial, folder);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await make(Number(process.argv[2]), Number(process.argv[3] ?? DAYS));
