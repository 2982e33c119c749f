import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { LocalCloud } from '../../local/local-cloud.ts';

/** Tags of an environment that was over long ago: whoever goes by some of them takes it for a leak. */
const TAGS = {
  Environment: 'pr-9',
  TTL: '2020-01-01T00:00:00Z',
  Branch: 'theirs',
  EphemeralEnv: 'true',
  PullRequest: '9',
  Commit: 'theirs',
  ManagedBy: 'mayfly',
};

/** Not an environment's, each for one reason. */
const WRONG: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  bare: {},
  'of-terraform': { ...TAGS, ManagedBy: 'terraform' },
  'not-quite': { ...TAGS, EphemeralEnv: 'yes' },
  unmarked: { ...TAGS, EphemeralEnv: undefined },
};

/** Somebody else's things, called and tagged nearly as an environment's are. To be done before the witness is called. */
export async function plantLookAlikes({ clients, platform, seed }: LocalCloud): Promise<void> {
  for (const [name, wrong] of Object.entries(WRONG)) {
    const tags = tagsOf({ ...wrong, ...(name !== 'bare' && { Repository: seed.repository }) });
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const own = `${platform.name}-pr-9-${name}`;
    await clients.logs.send(
      new CreateLogGroupCommand({
        logGroupName: `/mayfly/${platform.name}/pr-9/${name}`,
        tags: { ...tags, Name: own },
      }),
    );
    await clients.elb.send(
      new CreateTargetGroupCommand({
        Name: own,
        Protocol: 'HTTP',
        Port: 8080,
        TargetType: 'ip',
        VpcId: platform.network.vpcId,
        ...(Tags.length > 0 && { Tags }),
      }),
    );
    await clients.secrets.send(
      new CreateSecretCommand({ Name: `${platform.name}/pr-9/${name}`, SecretString: '{}', Tags }),
    );
    await clients.ssm.send(
      new PutParameterCommand({ Name: `/${platform.name}/pr-9/${name}`, Value: 'theirs', Type: 'String', Tags }),
    );
  }
}

function tagsOf(some: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(some).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}
