import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { TransientError } from '../../domain/failure.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';

/** The twelve digits of the account whose credentials Mayfly holds. */
export async function readAccountId(sts: Sender<STSClient>): Promise<string> {
  const { Account } = await ask('asking whose account this is', () => sts.send(new GetCallerIdentityCommand({})));
  if (Account === undefined) {
    throw new TransientError('Unexpected', 'AWS did not say whose account this is.');
  }
  return Account;
}
