import type { WireRequest } from './messages.ts';

interface S3Address {
  /** Undefined for what is asked of S3 as a whole. */
  readonly bucket: string | undefined;
  /** Within the bucket, still encoded. */
  readonly path: string;
}

const IN_THE_HOST = [/^(.+)\.s3[.-][^:]*(:\d+)?$/, /^(.+)\.(localhost|127\.0\.0\.1)(:\d+)?$/];

/**
 * Which bucket a request is for, by its host (`bucket.s3.eu-west-1.amazonaws.com`) or else by the first part of its path.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function addressOf({ url, headers }: Pick<WireRequest, 'url' | 'headers'>): S3Address {
  const path = url.split('?')[0] ?? '/';
  for (const pattern of IN_THE_HOST) {
    const bucket = pattern.exec(headers.host ?? '')?.[1];
    if (bucket !== undefined) {
      return { bucket, path };
    }
  }
  const [, bucket = '', rest = '/'] = /^\/([^/]*)(\/.*)?$/.exec(path) ?? [];
  return bucket === '' ? { bucket: undefined, path: '/' } : { bucket: decodeURIComponent(bucket), path: rest };
}
