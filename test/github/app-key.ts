import { generateKeyPairSync } from 'node:crypto';

/** A key for an app that exists nowhere, made once for a test file. */
export const APP_KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;
