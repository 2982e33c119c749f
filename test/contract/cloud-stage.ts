import { EC2Client } from '@aws-sdk/client-ec2';
import type { SteppedClock } from '../../sim/clock.ts';
import { MAYFLY_CREDENTIALS } from '../../sim/local/credentials.ts';
import { seedPlatform } from '../../sim/seed-platform.ts';
import { createAwsClients } from '../../src/provision/aws/clients.ts';
import { SEED, type Stage } from './stage.ts';

export type ClosableStage = Stage & { close(): Promise<void> };

/** A seeded platform on whatever answers at `url`; what cannot be seeded is closed. */
export async function seedStage({
  url,
  clock,
  pause,
  close,
  ...abilities
}: Pick<Stage, 'loseAnswers'> & {
  url: string;
  clock: SteppedClock;
  pause(seconds: number): Promise<void>;
  close(): Promise<void>;
}): Promise<ClosableStage> {
  const access = {
    region: 'eu-west-1',
    endpoint: url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const ec2 = new EC2Client(access);
  const clients = { ...createAwsClients(access), ec2 };
  const mayflyClients = createAwsClients({ ...access, credentials: MAYFLY_CREDENTIALS });
  const closeAll = async () => {
    for (const client of [...Object.values(clients), ...Object.values(mayflyClients)]) {
      client.destroy();
    }
    await close();
  };
  try {
    const platform = await seedPlatform(clients, { ...SEED, pause });
    const users = { give: async () => await Promise.resolve() };
    return { clients, mayflyClients, platform, clock, fetch, users, ...abilities, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
