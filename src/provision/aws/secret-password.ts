import { randomInt } from 'node:crypto';
import { TransientError } from '../../domain/failure.ts';
import { readSecret, type SecretMembers, type Secrets } from './own-secret.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** RDS takes 8 to 41 characters; letters and digits alone need no quoting in any connection string. */
export function newPassword(): string {
  return Array.from({ length: 40 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** The members of a secret that holds a password, which is told to nobody. A secret that was just made may have none yet. */
export async function readWithPassword(
  secrets: Secrets,
  name: string,
): Promise<SecretMembers & { readonly password: string }> {
  const members = (await readSecret(secrets, name)) ?? {};
  const password = members['password'];
  if (typeof password !== 'string' || password === '') {
    throw new TransientError('NotReady', `The secret ${name} holds no password yet.`);
  }
  return { ...members, password };
}
