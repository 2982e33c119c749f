import { CreateKeyCommand, type CreateKeyCommandInput, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { startSteppedAws } from '../../../support/aws-simulator.ts';

/** A local AWS, and the calls that nearly every test of KMS begins with. */
export async function startAccount() {
  const { aws, clock, client } = await startSteppedAws();
  const kms = new KMSClient(client);
  return {
    world: aws.world,
    clock,
    client,
    kms,
    /** Returns its id. */
    createKey: async (input: CreateKeyCommandInput = {}) =>
      (await kms.send(new CreateKeyCommand(input))).KeyMetadata?.KeyId ?? '',
    described: async (KeyId: string) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata,
  };
}
