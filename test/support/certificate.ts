import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** PEM, both. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, time: 0x17 } as const;
const SEQUENCE = 0x30;
const SET = 0x31;
const CONTEXT = 0xa0;
/** A DNS name among the subject's alternative ones (RFC 5280, section 4.2.1.6). */
const DNS_NAME = 0x82;

/** The object identifiers' contents, as X.690 writes them. */
const OID = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  alternativeNames: '551d11',
} as const;

/** A self-signed certificate of the host until 2049, as RFC 5280 writes one; Node can read such a thing, and not make it. */
export function createCertificate(host: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, oid(OID.ecdsaWithSha256));
  const contents = der(
    SEQUENCE,
    der(CONTEXT, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1])),
    algorithm,
    nameOf(host),
    der(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
    nameOf(host),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(CONTEXT + 3, der(SEQUENCE, alternativeName(host))),
  );
  return {
    certificate: pem(der(SEQUENCE, contents, algorithm, signatureOf(contents, privateKey))),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function nameOf(host: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, oid(OID.commonName), der(TAG.utf8, Buffer.from(host)))));
}

function alternativeName(host: string): Buffer {
  const names = der(SEQUENCE, der(DNS_NAME, Buffer.from(host)));
  return der(SEQUENCE, oid(OID.alternativeNames), der(TAG.octets, names));
}

function signatureOf(contents: Buffer, key: KeyObject): Buffer {
  return der(TAG.bits, Buffer.from([0]), sign('sha256', contents, key));
}

function oid(hex: string): Buffer {
  return der(TAG.oid, Buffer.from(hex, 'hex'));
}

function time(text: string): Buffer {
  return der(TAG.time, Buffer.from(text));
}

/** One value: its tag, how long it is, and what is in it. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content)]), content]);
}

/** Up to 127 in one byte; above, in as many as the first one says. */
function lengthOf({ length }: Buffer): number[] {
  if (length < 0x80) {
    return [length];
  }
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
