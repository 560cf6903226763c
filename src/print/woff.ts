// A WOFF 1.0 file as the plain font (sfnt) inside it, because the PDF writer reads those only. W3C WOFF 1.0, sections 3 to 5.
import { unzlibSync } from 'fflate';

const WOFF_SIGNATURE = 0x774f4646;
const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;
const SFNT_HEADER_BYTES = 12;
const SFNT_ENTRY_BYTES = 16;
/** Our fonts are below 300 kB; a file that announces more is not one of them. */
const MAX_FONT_BYTES = 8 * 1024 * 1024;

/** Throws on a file that is not WOFF: fonts are part of the program, not input. */
export function woffToSfnt(woff: Uint8Array): Uint8Array {
  const input = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  if (input.getUint32(0) !== WOFF_SIGNATURE) throw new Error('invariant: a font of the program is a WOFF file');
  const tables = input.getUint16(12);
  const totalBytes = input.getUint32(16);
  if (totalBytes > MAX_FONT_BYTES) throw new Error('invariant: a font of the program is below 8 MB');
  const out = new Uint8Array(totalBytes);
  const view = new DataView(out.buffer);

  const power = Math.floor(Math.log2(tables));
  view.setUint32(0, input.getUint32(4)); // flavour
  view.setUint16(4, tables);
  view.setUint16(6, 2 ** power * 16);
  view.setUint16(8, power);
  view.setUint16(10, tables * 16 - 2 ** power * 16);

  let at = SFNT_HEADER_BYTES + tables * SFNT_ENTRY_BYTES;
  for (let i = 0; i < tables; i += 1) {
    const entry = WOFF_HEADER_BYTES + i * WOFF_ENTRY_BYTES;
    const offset = input.getUint32(entry + 4);
    const storedBytes = input.getUint32(entry + 8);
    const plainBytes = input.getUint32(entry + 12);
    const stored = woff.subarray(offset, offset + storedBytes);
    const plain = storedBytes === plainBytes ? stored : unzlibSync(stored, { out: new Uint8Array(plainBytes) });
    const directory = SFNT_HEADER_BYTES + i * SFNT_ENTRY_BYTES;
    view.setUint32(directory, input.getUint32(entry)); // tag
    view.setUint32(directory + 4, input.getUint32(entry + 16)); // checksum of the plain table
    view.setUint32(directory + 8, at);
    view.setUint32(directory + 12, plainBytes);
    out.set(plain, at);
    at += Math.ceil(plainBytes / 4) * 4;
  }
  return out;
}
