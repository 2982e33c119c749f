/** A reflected cyclic redundancy check, all ones at both ends. Returns the value, most significant byte first. */
function crcOf(bytes: Uint8Array, { width, polynomial }: { width: 32 | 64; polynomial: bigint }): Buffer {
  const table = tableOf(polynomial);
  const ones = (1n << BigInt(width)) - 1n;
  let value = ones;
  for (const byte of bytes) {
    value = (table[Number((value ^ BigInt(byte)) & 0xffn)] ?? 0n) ^ (value >> 8n);
  }
  return Buffer.from((value ^ ones).toString(16).padStart(width / 4, '0'), 'hex');
}

const tables = new Map<bigint, readonly bigint[]>();

function tableOf(polynomial: bigint): readonly bigint[] {
  const known = tables.get(polynomial);
  const table = known ?? Array.from({ length: 256 }, (_, index) => reduced(BigInt(index), polynomial));
  tables.set(polynomial, table);
  return table;
}

function reduced(index: bigint, polynomial: bigint): bigint {
  let value = index;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
  }
  return value;
}

/** Castagnoli: RFC 3720, appendix B.4. */
export const crc32c = (bytes: Uint8Array): Buffer => crcOf(bytes, { width: 32, polynomial: 0x82f63b78n });

/** The one of the NVM Express specification, which S3 puts on what comes without a checksum. */
export const crc64nvme = (bytes: Uint8Array): Buffer => crcOf(bytes, { width: 64, polynomial: 0x9a6c9329ac4bc9b5n });
