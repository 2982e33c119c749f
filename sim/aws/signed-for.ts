import type { WireRequest } from './wire/messages.ts';

const CREDENTIAL_SCOPE = /Credential=([^/\s,]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;
const STS_VERSION = '2011-06-15';

/**
 * The signing name of the service a request is meant for, from its SigV4 credential scope. Signatures are not checked.
 * Of the unsigned calls only those of STS are known (`AssumeRoleWithWebIdentity`). Undefined: not a call of an API.
 */
export function serviceSignedFor({ headers, url, body }: WireRequest): string | undefined {
  const scope = scopeOf({ headers, url });
  if (scope) {
    return scope[2];
  }
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const isSts = isForm && new URLSearchParams(body.toString()).get('Version') === STS_VERSION;
  return isSts ? 'sts' : undefined;
}

/** The access key that a request is signed with; undefined for an unsigned one. */
export function accessKeyOf(request: Pick<WireRequest, 'headers' | 'url'>): string | undefined {
  return scopeOf(request)?.[1];
}

function scopeOf({ headers, url }: Pick<WireRequest, 'headers' | 'url'>): RegExpExecArray | null {
  const presigned = new URLSearchParams(url.split('?')[1] ?? '').get('X-Amz-Credential');
  return CREDENTIAL_SCOPE.exec(headers.authorization ?? (presigned ? `Credential=${presigned}` : ''));
}
