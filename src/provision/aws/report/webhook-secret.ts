import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { TerminalError } from '../../../domain/failure.ts';
import { ask } from '../errors.ts';
import type { Secrets } from '../own-secret.ts';

/** A URL that is a secret, kept as a plain text. */
export async function readWebhookUrl(secrets: Secrets, arn: string): Promise<string> {
  const { SecretString = '' } = await ask(
    'reading the secret of the Slack webhook',
    () => secrets.send(new GetSecretValueCommand({ SecretId: arn })),
    { confidential: true },
  );
  const url = SecretString.trim();
  if (url === '') {
    throw new TerminalError('SecretUnreadable', 'The secret of the Slack webhook is empty.', { actor: 'operator' });
  }
  return url;
}
