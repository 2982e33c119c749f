import { escapeXml } from './codecs.ts';
import type { Refusal } from './refusal.ts';

/** Every service names the request in this header; the SDK reads it from there first. */
export const xmlHeaders = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId });

export function errorElement(refusal: Refusal, wireCode: string, status: number): string {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  return `<Error><Type>${type}</Type><Code>${wireCode}</Code><Message>${escapeXml(refusal.message)}</Message></Error>`;
}
