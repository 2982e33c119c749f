import { EC2Client } from '@aws-sdk/client-ec2';
import { createAwsClients } from '../src/provision/aws/clients.ts';
import { type AwsOptions, parseOptions, USAGE } from './aws/options.ts';
import { type AwsSimulator, startAwsSimulator } from './aws/server.ts';
import { createRunningClock, type RunningClock } from './clock.ts';
import { seedVol } from './github/seeds/vol.ts';
import { startGitHubSimulator } from './github/server.ts';
import { interruption } from './interruption.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from './local/credentials.ts';
import { firstUsersAccount, ZONE } from './local/first-users.ts';
import { publishMainImages } from './local/image-builds.ts';
import { runProgram } from './program.ts';
import { type SeedClients, seedPlatform } from './seed-platform.ts';

/** The platform is built before anybody can look. */
const SEEDING_SPEED = 5_000;

/** The demo's account: the platform, and the images that main's pipeline would have pushed. */
async function seed(clients: SeedClients, clock: RunningClock): Promise<void> {
  await seedPlatform(clients, {
    zone: ZONE,
    ...firstUsersAccount,
    pause: async (seconds) => await clock.sleep(seconds),
  });
  const github = await startGitHubSimulator({ clock });
  try {
    seedVol(github, { blueprint: '' });
    await publishMainImages(github, clients.ecr);
  } finally {
    await github.close();
  }
}

async function seedAt(aws: AwsSimulator, clock: RunningClock): Promise<void> {
  const options = { region: LOCAL_REGION, endpoint: aws.url, credentials: LOCAL_CREDENTIALS };
  const clients = { ...createAwsClients(options), ec2: new EC2Client(options) };
  try {
    await seed(clients, clock);
  } finally {
    for (const client of Object.values(clients)) {
      client.destroy();
    }
  }
}

function greeting({ url, world }: AwsSimulator): string {
  const { accessKeyId, secretAccessKey } = LOCAL_CREDENTIALS;
  const variables = [
    `AWS_ENDPOINT_URL=${url}`,
    `AWS_REGION=${world.region} AWS_DEFAULT_REGION=${world.region}`,
    `AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
  ];
  return `AWS at ${url}, account ${world.accountId}, ${world.region}: export ${variables.join(' ')}\n`;
}

async function main({ port, speed, empty }: AwsOptions): Promise<number> {
  const interrupted = interruption();
  const clock = createRunningClock({ speed: empty ? speed : SEEDING_SPEED });
  const aws = await startAwsSimulator({ clock, port });
  try {
    const seeded = empty ? Promise.resolve() : seedAt(aws, clock);
    const isReady = await Promise.race([seeded.then(() => true), interrupted.then(() => false)]);
    if (isReady) {
      clock.setSpeed(speed);
      process.stdout.write(greeting(aws));
      await interrupted;
    }
  } finally {
    await aws.close();
    clock.stop();
  }
  return 0;
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
