import type { WireRequest } from './messages.ts';

const CRLF = Buffer.from('\r\n');

/**
 * A request whose body came in chunks, as if it had come in one piece: the trailing headers, checksums among them, stand
 * with the others. Signatures of chunks are not looked at. Any other request comes back as it is. Throws TypeError.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function unchunked(request: WireRequest): WireRequest {
  if (!String(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')) {
    return request;
  }
  const { data, trailers } = piecesOf(request.body);
  const declared = request.headers['x-amz-decoded-content-length'];
  if (declared !== undefined && Number(declared) !== data.length) {
    throw new TypeError(`${data.length} bytes came where ${String(declared)} were announced`);
  }
  const encodings = String(request.headers['content-encoding'] ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'aws-chunked');
  const { 'content-encoding': _, ...headers } = request.headers;
  return {
    ...request,
    headers: {
      ...headers,
      ...(encodings.length > 0 && { 'content-encoding': encodings.join(',') }),
      ...trailers,
      'content-length': String(data.length),
    },
    body: data,
  };
}

function piecesOf(body: Buffer): { data: Buffer; trailers: Record<string, string> } {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf(CRLF, at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd === -1 ? body.length : lineEnd), 16);
    if (lineEnd === -1 || !(size >= 0)) {
      throw new TypeError('the body is not in chunks');
    }
    at = lineEnd + CRLF.length;
    if (size === 0) {
      return { data: Buffer.concat(pieces), trailers: trailersIn(body.toString('latin1', at)) };
    }
    pieces.push(body.subarray(at, at + size));
    at += size + CRLF.length;
  }
}

function trailersIn(text: string): Record<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}
