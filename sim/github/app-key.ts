import { generateKeyPairSync, type KeyObject } from 'node:crypto';

interface AppKey {
  readonly privateKeyPem: string;
  readonly publicKey: KeyObject;
}

let made: AppKey | undefined;

/** A key made when first asked for, once per process: a fresh RSA key costs a quarter of a second and none is ever stored. */
export function processAppKey(): AppKey {
  if (!made) {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    made = { privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), publicKey };
  }
  return made;
}
