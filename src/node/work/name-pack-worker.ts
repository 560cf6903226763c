// The thread in which a hub builds the name index: rows in slices, then the chunks handed over. It must not know the hub.
import { parentPort } from 'node:worker_threads';
import { buildHere } from '#roles/names/pack-builder.ts';
import type { FromPackThread, ToPackThread } from './name-pack-thread.ts';

const building = buildHere();
const port = parentPort;
if (port === null) throw new Error('invariant: this file runs as a thread of name-pack-thread.ts');

port.on('message', (message: ToPackThread) => {
  if (message.kind === 'rows') {
    void building.add(message.rows).then(() => port.postMessage({ kind: 'taken' } satisfies FromPackThread));
    return;
  }
  void building.finish(message.version).then((chunks) => {
    // Copies of their own, so that they can be handed over instead of copied once more.
    const owned = chunks.map((chunk) => chunk.slice());
    port.postMessage(
      { kind: 'chunks', chunks: owned } satisfies FromPackThread,
      owned.map((chunk) => chunk.buffer),
    );
  });
});
