import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { addImage } from '../../../sim/aws/ecr/pushing.ts';
import { setProgram } from '../../../sim/aws/ecs/programs.ts';
import { childProgram } from '../../../sim/local/child-program.ts';
import { type LocalDatabases, localDatabases } from '../../../sim/local/local-databases.ts';
import { type MariaDbServer, startMariaDb } from '../../../sim/mariadb/mariadb-server.ts';
import { describeOnMariaDb } from '../../support/mariadb.ts';
import { type Aurora, startAurora } from '../aws/rds/aurora.ts';

let server: MariaDbServer;
beforeAll(async () => {
  server = await startMariaDb();
}, 60_000);
afterAll(async () => await server.stop());

/** What a masking task would be: it knows an endpoint and a password, and where the endpoint leads. */
const MASK = `
  import mysql from 'mysql2/promise';
  const { DB_PORT, DB_USER, DB_PASSWORD, DB_NAME } = process.env;
  const connection = await mysql.createConnection({ host: '127.0.0.1', port: Number(DB_PORT), user: DB_USER, password: DB_PASSWORD, database: DB_NAME });
  const [{ affectedRows }] = await connection.query("UPDATE people SET name = CONCAT('person ', id)");
  await connection.end();
  console.log(affectedRows + ' rows masked');
`;

/** Runs the task, and says how it ended and what it wrote. */
async function runMasking({ aws, client, clock, subnetIds }: Aurora, DB_HOST: string) {
  const secrets = new SecretsManagerClient(client);
  const ecs = new ECSClient(client);
  const logs = new CloudWatchLogsClient(client);
  addImage(aws.world, 'mayfly', '1');
  const secret = await secrets.send(new CreateSecretCommand({ Name: 'master', SecretString: 'golden-password' }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/masking' }));
  await ecs.send(new CreateClusterCommand({ clusterName: 'main' }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'masking',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      containerDefinitions: [
        {
          name: 'mask',
          image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/mayfly:1',
          secrets: [{ name: 'DB_PASSWORD', valueFrom: secret.ARN }],
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': '/masking', 'awslogs-stream-prefix': 'run', 'awslogs-region': 'eu-west-1' },
          },
        },
      ],
    }),
  );
  const { tasks = [] } = await ecs.send(
    new RunTaskCommand({
      cluster: 'main',
      taskDefinition: 'masking',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: [...subnetIds] } },
      overrides: { containerOverrides: [{ name: 'mask', environment: [{ name: 'DB_HOST', value: DB_HOST }] }] },
    }),
  );
  const arn = tasks[0]?.taskArn ?? '';
  clock.advance(120);
  for (;;) {
    const { tasks: [task] = [] } = await ecs.send(new DescribeTasksCommand({ cluster: 'main', tasks: [arn] }));
    if (task?.lastStatus === 'DEPROVISIONING') {
      const logStreamName = `run/mask/${arn.split('/').at(-1)}`;
      const stream = { logGroupName: '/masking', logStreamName, startFromHead: true };
      const { events = [] } = await logs.send(new GetLogEventsCommand(stream));
      return { exitCode: task.containers?.[0]?.exitCode, said: events.map(({ message }) => message) };
    }
  }
}

describeOnMariaDb('a simulated task with real work', () => {
  it('masks the real rows behind a simulated cluster', async () => {
    const aurora = await startAurora();
    const databases: LocalDatabases = await localDatabases({ server, aws: aurora.aws });
    const database = databases.databaseOf('golden');
    const { socket: socketPath, user, password } = server;
    const golden = await mysql.createConnection({ socketPath, user, password, database });
    await golden.query('CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(40))');
    await golden.query("INSERT INTO people VALUES (1, 'Carys'), (2, 'Zoë')");
    setProgram(
      aurora.world,
      'masking',
      childProgram({
        args: () => ['--input-type=module', '-e', MASK],
        environment({ environment }) {
          const address = databases.addressOf(environment['DB_HOST'] ?? '');
          return {
            ...environment,
            DB_PORT: String(address?.port),
            DB_USER: address?.user ?? '',
            DB_NAME: address?.database ?? '',
          };
        },
      }),
    );

    const { Endpoint = '' } = await aurora.cluster('golden');
    expect(await runMasking(aurora, Endpoint)).toMatchObject({
      exitCode: 0,
      said: expect.arrayContaining(['2 rows masked']),
    });

    const [rows] = await golden.query('SELECT name FROM people ORDER BY id');
    expect(rows).toEqual([{ name: 'person 1' }, { name: 'person 2' }]);
    await golden.end();
    await databases.close();
  });
});
