import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { TerminalError } from '../../domain/failure.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

/** The text of the document that Terraform wrote about the shared infrastructure. Throws `PlatformIncomplete` without it. */
export async function readPlatformDocument(ssm: Sender<SSMClient>, parameterName: string): Promise<string> {
  const found = await ask(
    `reading the platform document ${parameterName}`,
    () => ssm.send(new GetParameterCommand({ Name: parameterName, WithDecryption: true })),
    { on: { 'not-found': () => undefined } },
  );
  const text = found?.Parameter?.Value;
  if (text === undefined) {
    const message = `There is no platform document at ${parameterName}: apply the Terraform of the platform first.`;
    throw new TerminalError('PlatformIncomplete', message, { actor: 'operator' });
  }
  return text;
}
