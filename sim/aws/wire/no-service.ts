import { escapeXml } from './codecs.ts';
import type { WireRequest, WireResponse } from './messages.ts';
import type { Refusal } from './refusal.ts';

/** Services that the local cloud has not, or that were called without a signature, and that speak REST in XML. */
const XML_SERVICES = /^(s3|cloudfront|route53)/;
const XML_PATH = /^\/2013-04-01\//;

/**
 * The answer to a call that reaches no service, in what its sender reads: XML over forms and for the REST services known
 * to speak it, JSON otherwise. A CLI shows the code and the sentence then, not a complaint about the answer's syntax.
 */
export function answerFromNoService(
  request: WireRequest,
  refusal: Refusal,
  { signedFor = '', requestId }: { signedFor?: string | undefined; requestId: string },
): WireResponse {
  const { code, message, status } = refusal;
  const readsXml = isForm(request) || XML_SERVICES.test(signedFor) || XML_PATH.test(request.url);
  const common = { 'x-amzn-requestid': requestId };
  return readsXml
    ? {
        status,
        headers: { ...common, 'content-type': 'text/xml' },
        body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      }
    : {
        status,
        headers: { ...common, 'content-type': 'application/json', 'x-amzn-errortype': code },
        body: JSON.stringify({ __type: code, message }),
      };
}

function isForm({ headers, url }: WireRequest): boolean {
  const isBody = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return isBody || new URLSearchParams(url.split('?')[1] ?? '').has('Action');
}
