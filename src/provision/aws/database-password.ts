import { TerminalError } from '../../domain/failure.ts';
import { readSecret, type Secrets } from './own-secret.ts';

/**
 * The password of Mayfly's own database as it is now, out of a secret in the form that RDS keeps a master user in: a JSON
 * object with `password` (Secrets Manager, "JSON structure of secrets"). Throws `SecretUnreadable` without one.
 */
export async function readDatabasePassword(secrets: Secrets, secretId: string): Promise<string> {
  const password = (await readSecret(secrets, secretId))?.['password'];
  if (typeof password !== 'string' || password === '') {
    throw new TerminalError('SecretUnreadable', `The secret ${secretId} holds no password.`, { actor: 'operator' });
  }
  return password;
}
