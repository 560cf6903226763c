// Small numbers in few bytes, and a reader of hostile bytes that never throws: it remembers that it failed.

/** Unsigned, 7 bits a byte, lowest first; up to 2^53 - 1. */
export function pushVarint(out: number[], value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('invariant: a varint is a whole number from 0');
  let left = value;
  while (left >= 128) {
    out.push((left % 128) | 128);
    left = Math.floor(left / 128);
  }
  out.push(left);
}

/** Signed: the sign moves to the lowest bit. */
export function pushSigned(out: number[], value: number): void {
  pushVarint(out, value < 0 ? -value * 2 - 1 : value * 2);
}

/** Eight bytes hold 56 bits: more than any number that we write. */
const MAX_VARINT_BYTES = 8;

export class ByteReader {
  failed = false;
  at = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) {
      this.failed = true;
      return 0;
    }
    this.at += 1;
    return byte;
  }

  /** A copy, so that what is kept does not hold the whole scan in memory; empty after a failure. */
  take(length: number): Uint8Array {
    if (this.failed || length > this.bytes.length - this.at) {
      this.failed = true;
      return new Uint8Array(0);
    }
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  /** 0 after a failure, or when the number is greater than `max`. */
  varint(max: number = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_VARINT_BYTES; i += 1) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        // A last byte of zero says the same in a longer way: one number has one form only.
        if (this.failed || value > max || (byte === 0 && i > 0)) break;
        return value;
      }
      scale *= 128;
    }
    this.failed = true;
    return 0;
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at);
  }
}
