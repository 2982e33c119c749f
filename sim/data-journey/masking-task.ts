import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { addImage } from '../aws/ecr/pushing.ts';
import type { ProgramRun } from '../aws/ecs/program.ts';
import { setProgram } from '../aws/ecs/programs.ts';
import { childProgram } from '../local/child-program.ts';
import { LOCAL_REGION } from '../local/credentials.ts';
import type { LocalDatabases } from '../local/local-databases.ts';
import type { Stage } from './production.ts';

export const FAMILY = 'mayfly-anonymise';
export const PASSWORD_SECRET = 'mayfly/source';
const LOG_GROUP = '/mayfly/nonprod/anonymise';
const PROGRAM = new URL('../../src/cli.ts', import.meta.url).pathname;

/** What only the task has: the key of the masks, and the key that signs. */
export interface MaskingKeys {
  readonly maskKey: string;
  /** PEM, Ed25519. */
  readonly signingKey: string;
}

/** The task definition that an operator would make, whose container is a process of `mayfly anonymise` on this machine. */
export async function makeMaskingTask({ cloud, databases }: Stage, keys: MaskingKeys): Promise<void> {
  const { clients, platform, aws } = cloud;
  if (!aws) {
    throw new Error('there is no local AWS');
  }
  const secret = async (Name: string, SecretString: string): Promise<string> =>
    (await clients.secrets.send(new CreateSecretCommand({ Name, SecretString }))).ARN ?? '';
  const password = await secret(PASSWORD_SECRET, JSON.stringify({ password: 'of-masked-sources-only' }));
  const maskKey = await secret('mayfly/mask-key', keys.maskKey);
  const signingKey = await secret('mayfly/passport-key', keys.signingKey);
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName: LOG_GROUP }));
  addImage(aws.world, 'mayfly', '1');
  await clients.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: FAMILY,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '1024',
      memory: '2048',
      executionRoleArn: platform.cluster.executionRoleArn,
      containerDefinitions: [
        {
          name: 'anonymise',
          image: `${platform.registry.host}/mayfly:1`,
          secrets: [
            { name: 'MAYFLY_DATABASE_PASSWORD', valueFrom: `${password}:password::` },
            { name: 'MAYFLY_ANONYMISE_KEY', valueFrom: maskKey },
            { name: 'MAYFLY_PASSPORT_KEY', valueFrom: signingKey },
          ],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': LOG_GROUP,
              'awslogs-region': LOCAL_REGION,
              'awslogs-stream-prefix': 'run',
            },
          },
        },
      ],
    }),
  );
  setProgram(aws.world, FAMILY, childProgram({ args: (run) => [PROGRAM, ...argumentsOf(run, databases)] }));
}

/** The command as Mayfly gave it, led to where the endpoint's data is. The password is the one that the task was given. */
function argumentsOf({ command }: ProgramRun, databases: LocalDatabases): string[] {
  return (command ?? []).map((argument) => {
    if (!argument.startsWith('mysql://')) {
      return argument;
    }
    const place = databases.addressOf(new URL(argument).host);
    return place
      ? `mysql://${place.user}@${place.host}:${place.port}/${place.database}`
      : argument.replace(/@[^/]*/, '@127.0.0.1:1');
  });
}
