import { afterEach } from '@jest/globals';
import { type AwsSimulator, type AwsSimulatorOptions, startAwsSimulator } from '../../sim/aws/server.ts';
import { createSteppedClock, type SteppedClock } from '../../sim/clock.ts';

const running = new Set<AwsSimulator>();

afterEach(async () => {
  await Promise.all([...running].map(async (simulator) => await simulator.close()));
  running.clear();
});

/** A local AWS on a stepped clock, closed after the test; `client` is what SDK clients need to reach it. */
export async function startSteppedAws(
  options: Partial<AwsSimulatorOptions> & { clock?: SteppedClock } = {},
): Promise<{ aws: AwsSimulator; clock: SteppedClock; client: AwsClientOptions }> {
  const clock = options.clock ?? createSteppedClock();
  const aws = await startAwsSimulator({ ...options, clock });
  running.add(aws);
  return { aws, clock, client: clientOptions(aws.url) };
}

export interface AwsClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** One attempt a call, so that a test sees every refusal. */
function clientOptions(endpoint: string): AwsClientOptions {
  return {
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
}
