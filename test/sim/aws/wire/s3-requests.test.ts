import { request } from 'node:http';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { BUCKET, startBucket } from '../s3/account.ts';

const authorization = 'AWS4-HMAC-SHA256 Credential=local/20261120/eu-west-1/s3/aws4_request, SignedHeaders=host';

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What no SDK lets a test send: another host, and a body in chunks of its own making. */
async function start() {
  const { aws, get } = await startBucket();
  async function ask({ method = 'GET', path, headers = {}, body = '' }: Asked) {
    return await new Promise<{ status: number | undefined; text: string; requestId: unknown }>((resolve, reject) => {
      const options = { port: aws.port, host: '127.0.0.1', method, path, headers: { authorization, ...headers } };
      const asking = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          resolve({ status: response.statusCode, text, requestId: response.headers['x-amz-request-id'] });
        });
      });
      asking.on('error', reject).end(body);
    });
  }
  return { ask, get };
}

function crc32Of(text: string): string {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(text));
  return value.toString('base64');
}

/** As the example of "Transferring payload chunks with a trailing header" in the S3 API reference, with its signatures. */
function chunked(pieces: readonly string[], checksum: string): Omit<Asked, 'path'> {
  const signature = `;chunk-signature=${'b'.repeat(64)}`;
  const chunks = [...pieces, ''].map((piece) => `${piece.length.toString(16)}${signature}\r\n${piece}`);
  return {
    method: 'PUT',
    headers: {
      'content-encoding': 'aws-chunked,gzip',
      'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': String(pieces.join('').length),
      'x-amz-trailer': 'x-amz-checksum-crc32',
    },
    body: `${chunks.join('\r\n')}x-amz-checksum-crc32:${checksum}\r\nx-amz-trailer-signature:${'c'.repeat(64)}\r\n\r\n`,
  };
}

describe('a request to S3', () => {
  it('brings a body in chunks, with a checksum after them', async () => {
    const { ask, get } = await start();
    const path = `/${BUCKET}/key`;
    expect(await ask({ path, ...chunked(['hello ', 'world'], crc32Of('hello world')) })).toMatchObject({ status: 200 });
    expect(await get('key')).toMatchObject({ text: 'hello world', ContentEncoding: 'gzip' });
    const wrong = await ask({ path, ...chunked(['hello'], crc32Of('other')) });
    expect([wrong.status, wrong.text.includes('<Code>BadDigest</Code>')]).toEqual([400, true]);
    const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    const broken = await ask({ method: 'PUT', path, headers, body: 'not in chunks' });
    expect([broken.status, broken.text.includes('<Code>IncompleteBody</Code>')]).toEqual([400, true]);
  });

  it.each([`${BUCKET}.s3.eu-west-1.amazonaws.com`, `${BUCKET}.s3.localhost:4566`, `${BUCKET}.localhost:4566`])(
    'names its bucket by the host %s',
    async (host) => {
      const { ask, get } = await start();
      await ask({ method: 'PUT', path: '/key', headers: { host }, body: 'hello' });
      expect((await get('key')).text).toBe('hello');
    },
  );

  it('is refused in a form of its own, with the id of the request, and to HEAD without a word', async () => {
    const { ask } = await start();
    const { status, text, requestId } = await ask({ path: '/none/key' });
    expect(status).toBe(404);
    expect(text).toMatch(/^<\?xml [^>]*>\n<Error><Code>NoSuchBucket<\/Code><Message>.*<\/Message><BucketName>none/);
    expect(text).toContain(`<RequestId>${String(requestId)}</RequestId>`);
    expect(await ask({ method: 'HEAD', path: '/none/key' })).toMatchObject({ status: 404, text: '' });
    expect(await ask({ method: 'PATCH', path: '/none' })).toMatchObject({ status: 405 });
  });
});
