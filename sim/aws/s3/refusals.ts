import { Refusal } from '../wire/refusal.ts';

// Codes, statuses and words: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList

export const noSuchBucket = (BucketName: string): Refusal =>
  new Refusal('NoSuchBucket', 'The specified bucket does not exist', { status: 404, members: { BucketName } });

export const noSuchKey = (Key: string): Refusal =>
  new Refusal('NoSuchKey', 'The specified key does not exist.', { status: 404, members: { Key } });

export const noSuchVersion = (Key: string, VersionId: string): Refusal =>
  new Refusal('NoSuchVersion', 'The specified version does not exist.', { status: 404, members: { Key, VersionId } });

export const preconditionFailed = (Condition: string): Refusal =>
  new Refusal('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    members: { Condition },
  });

export const notModified = (): Refusal => new Refusal('NotModified', 'Not Modified', { status: 304 });

export const accessDenied = (): Refusal => new Refusal('AccessDenied', 'Access Denied', { status: 403 });

export const invalidArgument = (message: string): Refusal => new Refusal('InvalidArgument', message);

export const invalidRequest = (message: string): Refusal => new Refusal('InvalidRequest', message);

export const malformedXml = (): Refusal =>
  new Refusal(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

export const notImplemented = (): Refusal =>
  new Refusal('NotImplemented', 'A header you provided implies functionality that is not implemented.', {
    status: 501,
  });
