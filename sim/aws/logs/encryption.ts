import type { AssociateKmsKeyRequest, DisassociateKmsKeyRequest } from '@aws-sdk/client-cloudwatch-logs';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { groupNamed } from './lookup.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html: the key is named by its ARN. */
export function checkKey(kmsKeyId: string | undefined): string | undefined {
  if (kmsKeyId !== undefined && !/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/.+$/.test(kmsKeyId)) {
    throw new Refusal('InvalidParameterException', `The specified KMS Key Id '${kmsKeyId}' is not an ARN of a key.`);
  }
  return kmsKeyId;
}

/** Names the key; nothing is encrypted here, and nobody looks whether the key exists. */
export function encryptionHandlers(world: World): Record<string, Handler> {
  return {
    AssociateKmsKey: ({ logGroupName, kmsKeyId }: AssociateKmsKeyRequest) => {
      groupNamed(world, logGroupName).kmsKeyId = checkKey(kmsKeyId);
    },
    DisassociateKmsKey: ({ logGroupName }: DisassociateKmsKeyRequest) => {
      groupNamed(world, logGroupName).kmsKeyId = undefined;
    },
  };
}
