import { spawnSync } from 'node:child_process';
import { type Moto, startMoto as startMotoIn } from '../../sim/local/moto.ts';
import { describeIfPresent } from './aws-cli.ts';

let installed: boolean | undefined;

export function hasMoto(): boolean {
  installed ??= spawnSync('moto_server', ['--help'], { timeout: 60_000 }).status === 0;
  return installed;
}

/** A suite that needs moto. Without it: one skipped test that says so, or in CI a failing one. */
export function describeWithMoto(name: string, suite: () => void): void {
  describeIfPresent({ name, tool: 'moto (moto_server)', present: hasMoto(), suite });
}

/** Starts the moto that is on the path of whoever runs the tests. */
export async function startMoto(): Promise<Moto> {
  return await startMotoIn(process.env);
}
