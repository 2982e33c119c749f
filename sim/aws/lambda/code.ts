import { createHash } from 'node:crypto';
import { versionAsked } from '../s3/versions.ts';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { invalidValue } from './lookup.ts';
import type { Code } from './state.ts';

interface CodeAsked {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly ImageUri?: string | undefined;
}

const ZIP_BEGINS = Buffer.from('PK');

/** From a zip file, sent along or in a bucket of this account. Throws InvalidParameterValueException. */
export function codeAsked(world: World, asked: CodeAsked): Code {
  if (asked.ImageUri !== undefined) {
    throw invalidValue('The local cloud has functions from zip files only, not from images.');
  }
  const zip = asked.ZipFile === undefined ? fromBucket(world, asked) : Buffer.from(asked.ZipFile);
  if (!zip.subarray(0, ZIP_BEGINS.length).equals(ZIP_BEGINS)) {
    throw invalidValue('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
  return { zip, sha256: createHash('sha256').update(zip).digest('base64') };
}

function fromBucket(world: World, { S3Bucket, S3Key, S3ObjectVersion }: CodeAsked): Buffer {
  if (S3Bucket === undefined || S3Key === undefined) {
    throw invalidValue('Please provide a source for function code.');
  }
  const bucket = world.s3.buckets.get(S3Bucket);
  if (!bucket) {
    throw s3Failure('NoSuchBucket', 'The specified bucket does not exist');
  }
  try {
    return versionAsked(bucket, S3Key, S3ObjectVersion).body;
  } catch (error) {
    if (error instanceof Refusal) {
      throw s3Failure(error.code, error.message);
    }
    throw error;
  }
}

function s3Failure(code: string, message: string): Refusal {
  return invalidValue(`Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`);
}
