import type { CreateSecretRequest } from '@aws-sdk/client-secrets-manager';
import type { PutParameterRequest } from '@aws-sdk/client-ssm';
import { findSecret } from '../../secretsmanager/lookup.ts';
import type { World } from '../../world.ts';
import { arnIn, type Need, type NeedsOf, type NeedsTable, taggedOnCreation, tagsIn } from '../need.ts';

/** With its six random characters, if it is there. */
const secret = (world: World, id = ''): string =>
  findSecret(world, id)?.arn ?? (id.startsWith('arn:') ? id : arnIn(world, 'secretsmanager', `secret:${id}`));

/** "To add tags, you must also have secretsmanager:TagResource" (API reference, CreateSecret). */
function createSecret(world: World, { Name, Tags }: CreateSecretRequest): Need[] {
  const resources = [secret(world, Name)];
  const requestTags = tagsIn(Tags);
  return [
    { action: 'secretsmanager:CreateSecret', resources, requestTags },
    ...taggedOnCreation({ action: 'secretsmanager:TagResource', resources, requestTags }),
  ];
}

const onSecret =
  (action: string): NeedsOf =>
  (world, { SecretId, Tags }) => [
    { action: `secretsmanager:${action}`, resources: [secret(world, SecretId)], requestTags: tagsIn(Tags) },
  ];

export const secretsManagerNeeds: NeedsTable = {
  CreateSecret: createSecret,
  DescribeSecret: onSecret('DescribeSecret'),
  GetSecretValue: onSecret('GetSecretValue'),
  PutSecretValue: onSecret('PutSecretValue'),
  UpdateSecretVersionStage: onSecret('UpdateSecretVersionStage'),
  GetResourcePolicy: onSecret('GetResourcePolicy'),
  DeleteSecret: onSecret('DeleteSecret'),
  TagResource: onSecret('TagResource'),
};

/** A name with a slash in front stands in its ARN as it is. */
const parameter = (world: World, name = ''): string =>
  arnIn(world, 'ssm', `parameter${name.startsWith('/') ? '' : '/'}${name}`);

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
function putParameter(world: World, { Name, Tags, Overwrite }: PutParameterRequest): Need[] {
  const resources = [parameter(world, Name)];
  const requestTags = tagsIn(Tags);
  return [
    {
      action: 'ssm:PutParameter',
      resources,
      requestTags,
      keys: Overwrite === undefined ? {} : { 'ssm:Overwrite': String(Overwrite) },
    },
    ...taggedOnCreation({ action: 'ssm:AddTagsToResource', resources, requestTags }),
  ];
}

export const ssmNeeds: NeedsTable = {
  GetParameter: (world, { Name }) => [{ action: 'ssm:GetParameter', resources: [parameter(world, Name)] }],
  GetParametersByPath: (world, { Path }) => [
    { action: 'ssm:GetParametersByPath', resources: [parameter(world, Path)] },
  ],
  PutParameter: putParameter,
  DeleteParameters: (world, { Names = [] }: { Names?: string[] }) => [
    { action: 'ssm:DeleteParameters', resources: Names.map((name) => parameter(world, name)) },
  ],
  ListTagsForResource: (world, { ResourceId }) => [
    { action: 'ssm:ListTagsForResource', resources: [parameter(world, ResourceId)] },
  ],
  AddTagsToResource: (world, { ResourceId, Tags }) => [
    { action: 'ssm:AddTagsToResource', resources: [parameter(world, ResourceId)], requestTags: tagsIn(Tags) },
  ],
};
