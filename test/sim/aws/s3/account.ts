import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  GetObjectCommand,
  type GetObjectCommandInput,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

export const BUCKET = 'platform-state';

/** A local AWS with one bucket, and the calls that nearly every test of S3 begins with. */
export async function startBucket(changes: Partial<CreateBucketCommandInput> = {}) {
  const { aws, clock, client } = await startSteppedAws();
  const s3 = new S3Client(client);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET, ...changes }));
  return {
    aws,
    clock,
    client,
    s3,
    put: async (Key: string, Body = Key, more: Partial<PutObjectCommandInput> = {}) =>
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...more })),
    get: async (Key: string, more: Partial<GetObjectCommandInput> = {}) => {
      const { Body, ...facts } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more }));
      return { ...facts, text: await Body?.transformToString() };
    },
    setVersioning: async (Status: 'Enabled' | 'Suspended') =>
      await s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status } })),
  };
}
