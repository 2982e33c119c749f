import type { SpecOf } from '../../domain/resource.ts';

/** What a service was last told to run, as a tag's value: `api:7 redeploys=0`. */
export interface Deployed {
  readonly revision: string;
  readonly redeploys: number;
}

export function encodeDeployed({
  taskDefinitionArn,
  redeploys,
}: Pick<SpecOf<'service'>, 'taskDefinitionArn' | 'redeploys'>): string {
  return `${revisionOf(taskDefinitionArn)} redeploys=${redeploys}`;
}

export function decodeDeployed(value: string | undefined): Deployed | undefined {
  const parts = /^(?<revision>\S+) redeploys=(?<redeploys>\d+)$/.exec(value ?? '')?.groups;
  return parts && { revision: parts['revision'] ?? '', redeploys: Number(parts['redeploys']) };
}

/** `family:7`, of an ARN or of itself. */
export function revisionOf(taskDefinition: string): string {
  return taskDefinition.split('/').at(-1) ?? taskDefinition;
}
