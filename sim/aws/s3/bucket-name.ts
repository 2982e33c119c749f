import { Refusal } from '../wire/refusal.ts';

const PREFIXES = /^(xn--|sthree-|amzn-s3-demo-)/;
const SUFFIXES = /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/** Throws InvalidBucketName. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucketName(name: string): void {
  const isLegal =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d{1,3}(\.\d{1,3}){3}$/.test(name) &&
    !PREFIXES.test(name) &&
    !SUFFIXES.test(name);
  if (!isLegal) {
    throw new Refusal('InvalidBucketName', 'The specified bucket is not valid.', { members: { BucketName: name } });
  }
}
