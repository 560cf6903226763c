// Small, full and read-only disks made for real, where this machine lets us mount. For .node.test.ts files only.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

function mount(...args: readonly string[]): boolean {
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function unmount(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'ignore' });
  fs.rmdirSync(folder);
}

export interface MountedDisk extends Disposable {
  readonly path: string;
  remountReadOnly(): void;
}

/** A disk in memory of `sizeBytes`; undefined where nobody may mount (not root, or a container). */
export function smallDisk(sizeBytes: number): MountedDisk | undefined {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nirantar-disk-'));
  if (!mount('-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'nirantar-test', folder)) {
    fs.rmdirSync(folder);
    return undefined;
  }
  return {
    path: folder,
    remountReadOnly: () => void mount('-o', 'remount,ro', folder),
    [Symbol.dispose]: () => unmount(folder),
  };
}

/** Can this machine mount? Asked once, so that a test that needs it is reported as skipped and not as passed. */
export function canMount(): boolean {
  const disk = smallDisk(65_536);
  disk?.[Symbol.dispose]();
  return disk !== undefined;
}
