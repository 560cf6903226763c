// CRC-32 (IEEE 802.3) to tell a torn record from a whole one. It proves nothing against an attacker: hashes do that.

const TABLE = new Uint32Array(256 * 4);
for (let n = 0; n < 256; n += 1) {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  TABLE[n] = c >>> 0;
}
for (let n = 0; n < 256; n += 1) {
  let c = TABLE[n]!; // filled above
  for (let t = 1; t < 4; t += 1) {
    c = TABLE[c & 255]! ^ (c >>> 8); // index below 256
    TABLE[t * 256 + n] = c >>> 0;
  }
}

export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let c = 0xffffffff;
  let i = start;
  for (; i + 3 < end; i += 4) {
    c ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24); // inside the range
    c = TABLE[768 + (c & 255)]! ^ TABLE[512 + ((c >>> 8) & 255)]! ^ TABLE[256 + ((c >>> 16) & 255)]! ^ TABLE[c >>> 24]!; // below 1024
  }
  for (; i < end; i += 1) c = TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8); // inside the range
  return (c ^ 0xffffffff) >>> 0;
}
