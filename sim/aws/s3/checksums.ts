import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Refusal } from '../wire/refusal.ts';
import { crc32c, crc64nvme } from './crc.ts';
import { invalidRequest } from './refusals.ts';

type Input = Readonly<Record<string, unknown>>;

const hashed = (algorithm: string) => (body: Buffer) => createHash(algorithm).update(body).digest();

function crc32Of(body: Buffer): Buffer {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(body));
  return value;
}

/** By member; the XXHASH family is kept as it is sent. */
const algorithms: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  ChecksumCRC32: crc32Of,
  ChecksumCRC32C: crc32c,
  ChecksumCRC64NVME: crc64nvme,
  ChecksumSHA1: hashed('sha1'),
  ChecksumSHA256: hashed('sha256'),
};

/**
 * The checksums that come with an object, in the body's trailer or among the headers, after each was compared with the
 * body. Throws BadDigest. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function checkedChecksums(input: Input, body: Buffer): Record<string, string> {
  const md5 = input['ContentMD5'];
  if (md5 !== undefined && md5 !== hashed('md5')(body).toString('base64')) {
    throw new Refusal('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const sent = Object.keys(algorithms).filter((member) => input[member] !== undefined);
  for (const member of sent) {
    if (algorithms[member]?.(body).toString('base64') !== input[member]) {
      const name = member.replace('Checksum', '');
      throw new Refusal('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
    }
  }
  return Object.fromEntries(sent.map((member) => [member, String(input[member])]));
}

/** What an object has that came without a checksum: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export function defaultChecksum(body: Buffer): Record<string, string> {
  return { ChecksumCRC64NVME: crc64nvme(body).toString('base64') };
}

/** Some requests must come with one: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export function requireChecksum(input: Input): void {
  const has = Object.keys(input).some((member) => /^(ContentMD5|Checksum(CRC|SHA)\w+)$/.test(member));
  if (!has) {
    throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
}
