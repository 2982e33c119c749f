import { createPrivateKey } from 'node:crypto';

type Variables = Readonly<Record<string, string | undefined>>;

/** Either a value, or what is wrong with the variable; the value itself is in no message. */
export type Secret =
  | { readonly value: string; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

/** SHA-2 of a shorter one could be tried out. */
const SHORTEST_KEY = 32;

/** The key of the masks: whoever has it can find out which fake stands for a name they guess. */
export function anonymiseKey({ MAYFLY_ANONYMISE_KEY: key = '' }: Variables): Secret {
  if (key.trim().length < SHORTEST_KEY) {
    const state = key === '' ? 'is missing' : 'is too short';
    return {
      problem: `MAYFLY_ANONYMISE_KEY ${state}: at least ${SHORTEST_KEY} characters, such as \`openssl rand -hex 32\` gives`,
    };
  }
  return { value: key };
}

/** PEM, with real line breaks or `\n` written out. */
export function passportKey({ MAYFLY_PASSPORT_KEY: text = '' }: Variables): Secret {
  const pem = text.replaceAll('\\n', '\n');
  if (!isEd25519(pem)) {
    const state = text === '' ? 'is missing' : 'is no Ed25519 private key in PEM';
    return { problem: `MAYFLY_PASSPORT_KEY ${state}: \`openssl genpkey -algorithm ed25519\` makes one` };
  }
  return { value: pem };
}

function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
