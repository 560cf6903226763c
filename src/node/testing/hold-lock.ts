// A process that takes the lock of a folder, says so and keeps it until it is killed. Usage: hold-lock FOLDER
import { lockFolder } from '#node/storage/folder-lock.ts';

const lock = lockFolder(process.argv[2] ?? '');
console.log('locked');
setInterval(() => lock, 60_000);
