import { createPrivateKey } from 'node:crypto';
import type { RefinementCtx } from 'zod';

/** A private key as PEM, out of PEM (with real or written `\n`) or the base64 of it. No message holds any of it. */
export function privateKey(text: string, context: RefinementCtx<string>): string {
  const pem = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString('utf8');
  if (!isPrivateKey(pem)) {
    context.addIssue({ code: 'custom', message: 'is not a private key: the PEM of the app, as it is or in base64' });
  }
  return pem;
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
