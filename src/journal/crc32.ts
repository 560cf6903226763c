// CRC-32 (IEEE 802.3) to tell a torn record from a whole one. It proves nothing against an attacker: hashes do that.

const TABLES = 8;
const TABLE = new Int32Array(256 * TABLES);
for (let n = 0; n < 256; n += 1) {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  TABLE[n] = c;
}
for (let n = 0; n < 256; n += 1) {
  let c = TABLE[n]!; // filled above
  for (let t = 1; t < TABLES; t += 1) {
    c = TABLE[c & 255]! ^ (c >>> 8); // index below 256
    TABLE[t * 256 + n] = c;
  }
}

/** Eight bytes at a time, each by its own table. */
export function crc32(bytes: Uint8Array): number {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let c = -1;
  let i = 0;
  for (; i + 7 < length; i += 8) {
    const a = c ^ view.getInt32(i, true);
    const b = view.getInt32(i + 4, true);
    // Every index is below 2048.
    c =
      TABLE[1792 + (a & 255)]! ^
      TABLE[1536 + ((a >>> 8) & 255)]! ^
      TABLE[1280 + ((a >>> 16) & 255)]! ^
      TABLE[1024 + (a >>> 24)]! ^
      TABLE[768 + (b & 255)]! ^
      TABLE[512 + ((b >>> 8) & 255)]! ^
      TABLE[256 + ((b >>> 16) & 255)]! ^
      TABLE[b >>> 24]!;
  }
  for (; i < length; i += 1) c = TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8); // i is inside
  return (c ^ -1) >>> 0;
}
