// One opened storage in a worker of its own, so that the conformance suite can kill it. Each call is one message.
import { StorageFailure } from '#journal/ports/storage.ts';
import { openOpfsFiles } from '#desk/storage/opfs-files.ts';
import { opfsFolder } from '#desk/storage/slot-folder.ts';
import { openWasmSql } from '#desk/storage/wasm-sql.ts';
import type { Files, Sql } from '#journal/ports/storage.ts';

let files: Files | undefined;
let sql: Sql | undefined;

export interface StorageCall {
  readonly id: number;
  readonly on: 'open' | 'files' | 'sql';
  readonly method: string;
  readonly args: readonly unknown[];
}

async function run(call: StorageCall): Promise<unknown> {
  if (call.on === 'open') {
    const place = String(call.args[0]);
    const opened = await openOpfsFiles(await opfsFolder(['conformance', place, 'journal']));
    files = opened.files;
    const database = await openWasmSql(`conformance/${place}/sql`);
    sql = database.sql;
    return [...opened.notes, ...database.notes];
  }
  const target = (call.on === 'files' ? files : sql) as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>; // the proxy calls methods of the port only
  return target[call.method]?.(...call.args);
}

addEventListener('message', (event: MessageEvent<StorageCall>) => {
  const { id } = event.data;
  void run(event.data).then(
    (value) => postMessage({ id, value, counters: files === undefined ? undefined : { ...files.counters } }),
    (error: unknown) =>
      postMessage({
        id,
        counters: files === undefined ? undefined : { ...files.counters },
        error:
          error instanceof StorageFailure
            ? { code: error.code, failureClass: error.failureClass, message: error.message }
            : { message: String(error) },
      }),
  );
});
