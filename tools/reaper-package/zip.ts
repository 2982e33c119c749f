import { crc32 } from 'node:zlib';

const LOCAL_FILE = 0x04034b50;
const CENTRAL_FILE = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;

/** A zip of one file, stored as it is (PKWARE's APPNOTE, 4.3): enough of a package for who does not run it. */
export function zipOf(name: string, content: string): Buffer {
  const path = Buffer.from(name);
  const data = Buffer.from(content);
  const local = Buffer.concat([record(LOCAL_FILE, [], { path, data }), path, data]);
  const central = Buffer.concat([record(CENTRAL_FILE, [VERSION], { path, data }), Buffer.alloc(14), path]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** What both headers of a file begin with; the central one says first who made it. */
function record(signature: number, first: readonly number[], { path, data }: { path: Buffer; data: Buffer }): Buffer {
  const head = Buffer.alloc(4 + first.length * 2);
  head.writeUInt32LE(signature, 0);
  first.forEach((value, index) => head.writeUInt16LE(value, 4 + index * 2));
  const rest = Buffer.alloc(26);
  rest.writeUInt16LE(VERSION, 0);
  rest.writeUInt32LE(crc32(data), 10);
  rest.writeUInt32LE(data.length, 14);
  rest.writeUInt32LE(data.length, 18);
  rest.writeUInt16LE(path.length, 22);
  return Buffer.concat([head, rest]);
}
