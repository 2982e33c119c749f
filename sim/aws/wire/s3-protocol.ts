import { unchunked } from './aws-chunked.ts';
import { type Decoded, escapeXml, readXml, writeRestXml } from './codecs.ts';
import type { WireRequest } from './messages.ts';
import type { Operation } from './operations.ts';
import { Refusal } from './refusal.ts';
import { matchRest, targetOf } from './rest.ts';
import { encodeRest } from './rest-answer.ts';
import { XML_DECLARATION } from './rest-protocols.ts';
import { decodeRest } from './rest-request.ts';
import { addressOf } from './s3-address.ts';
import { type Decoding, readable, type WireProtocol } from './wire-protocol.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** REST in XML as S3 alone speaks it: buckets in host or path, bodies in chunks, and errors in a form of its own. */
export function s3Protocol(operations: ReadonlyMap<string, Operation>): WireProtocol {
  async function decode(sent: WireRequest): Promise<Decoding> {
    const { method, url, headers, body } = await readable('IncompleteBody', () => unchunked(sent));
    const match = await readable('InvalidURI', () => {
      const { bucket, path } = addressOf({ url, headers });
      const target = {
        ...targetOf(method, url, headers),
        path,
        ...(bucket !== undefined && { labels: { Bucket: bucket } }),
      };
      return matchRest(operations.values(), target);
    });
    if (!match) {
      throw new Refusal('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
        status: 405,
      });
    }
    const input = await readable('MalformedXML', async () => await decodeRest({ match, headers, body, read: readXml }));
    return { operation: match.operation, input: { ...checksumsIn(headers), ...input } };
  }

  return {
    nameOf: ({ method, url }) => `${method} ${url.split('?')[0]}`,
    decode,
    encode(operation, output, requestId) {
      const { status, headers, body } = encodeRest(
        operation,
        output,
        (schema, value) => `${XML_DECLARATION}${documentOf(operation, writeRestXml(schema, value), output)}`,
      );
      return {
        // A part of an object: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
        status: headers['content-range'] === undefined ? status : 206,
        headers: { ...ids(requestId), 'content-type': 'application/xml', ...headers },
        body,
      };
    },
    // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses
    refuse(refusal, { wireCode, status }, requestId) {
      const members = Object.entries({
        Code: wireCode,
        Message: refusal.message,
        ...refusal.members,
        RequestId: requestId,
        HostId: requestId,
      });
      const elements = members.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`);
      return {
        status,
        headers: { ...ids(requestId), 'content-type': 'application/xml' },
        body: `${XML_DECLARATION}<Error>${elements.join('')}</Error>`,
      };
    },
  };
}

/**
 * S3 takes a checksum with any body, also of operations whose shape has no member for it: SDKs add the header by themselves.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
function checksumsIn(headers: WireRequest['headers']): Decoded {
  const found = Object.entries(headers).flatMap(([name, value]) => {
    const [, algorithm] = /^x-amz-checksum-(crc\w+|sha\d+)$/.exec(name) ?? [];
    return algorithm === undefined ? [] : [[`Checksum${algorithm.toUpperCase()}`, value]];
  });
  const md5 = headers['content-md5'];
  return { ...Object.fromEntries(found), ...(md5 !== undefined && { ContentMD5: md5 }) };
}

const ids = (requestId: string) => ({ 'x-amz-request-id': requestId, 'x-amz-id-2': requestId });

/** GetBucketLocation's root is its only member: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
function documentOf({ name }: Operation, document: string, output: Decoded): string {
  return name === 'GetBucketLocation'
    ? `<LocationConstraint xmlns="${NAMESPACE}">${escapeXml((output['LocationConstraint'] ?? '') as string)}</LocationConstraint>`
    : document;
}
