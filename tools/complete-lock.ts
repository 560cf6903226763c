// Completes package-lock.json with the binary packages of other platforms. `npm install` leaves out those that the registry
// at hand does not offer, and then `npm ci` refuses the lock on every machine. Run it after each `npm install`:
// node tools/complete-lock.ts (with --check it only says what is missing).
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly cpu?: readonly string[];
  readonly os?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

const SYSTEM =
  /(?:^|[/-])(android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|win|aix)-(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64)(?:-(gnu|musl|msvc|eabi|gnueabihf|musleabihf))?$/;

/** Entries that the lock lacks, by their place in it. Only those whose name says for which machine they are. */
export function missingEntries(lock: Lock): Readonly<Record<string, LockEntry>> {
  const missing: Record<string, LockEntry> = {};
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const entry = entryFor(name, version, dev);
      if (entry === undefined || `${place}/node_modules/${name}` in lock.packages || `node_modules/${name}` in lock.packages) continue;
      missing[`node_modules/${name}`] = entry;
    }
  }
  return missing;
}

/** Undefined when the name is of no platform, or the version is a range: then only the registry could say which. */
function entryFor(name: string, version: string, dev: boolean | undefined): LockEntry | undefined {
  const found = SYSTEM.exec(name);
  if (found === null || !/^\d+\.\d+\.\d+(?:[-+][\w.-]+)?$/.test(version)) return undefined;
  const [, system = '', cpu = '', abi] = found;
  const libc = system === 'linux' && abi !== undefined ? { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] } : {};
  return { version, cpu: [cpu], ...(dev === true ? { dev } : {}), ...libc, optional: true, os: [system === 'win' ? 'win32' : system] };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = path.join(import.meta.dirname, '../package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock; // npm's own file
  const missing = missingEntries(lock);
  const count = Object.keys(missing).length;
  if (process.argv.includes('--check')) {
    if (count > 0) console.error(`package-lock.json lacks ${count} packages of other platforms. Run: node tools/complete-lock.ts`);
    process.exitCode = count === 0 ? 0 : 1;
  } else {
    const [[root, own] = ['', {}], ...rest] = Object.entries(lock.packages);
    const sorted = [...rest, ...Object.entries(missing)].toSorted(([a], [b]) => a.localeCompare(b, 'en'));
    writeFileSync(file, `${JSON.stringify({ ...lock, packages: { [root]: own, ...Object.fromEntries(sorted) } }, undefined, 2)}\n`);
    console.log(`${count} packages of other platforms added.`);
  }
}
