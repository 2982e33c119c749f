import { environmentName } from '../../../src/domain/naming.ts';
import type { AwsSimulator } from '../../aws/server.ts';
import type { PullRequest, Repository } from '../../github/entities/repository.ts';
import type { LocalCloud } from '../local-cloud.ts';
import { throughLoadBalancer } from '../through-load-balancer.ts';
import { createMayflySwitch, type MayflySwitch } from './mayfly-switch.ts';
import { createMischief, type Mischief } from './mischief.ts';
import { type Sightings, watchAccount } from './sightings.ts';

/** What the page shows and what its buttons turn. */
export interface Playground {
  readonly cloud: LocalCloud;
  readonly aws: AwsSimulator;
  readonly repository: Repository;
  readonly mischief: Mischief;
  readonly mayfly: MayflySwitch;
  readonly sightings: Sightings;
  pullRequest(number: number): PullRequest | undefined;
  environmentOf(number: number): string;
  linkTo(href: string): string;
}

/** The local cloud must have an AWS of its own. */
export function createPlayground(cloud: LocalCloud): Playground {
  const { aws, clock, platform, seed, github } = cloud;
  if (!aws) {
    throw new Error('the playground shows the AWS inside the local cloud, and this one has none');
  }
  // What was asked of AWS while the platform was built is nobody's business here.
  aws.requestLog.clear();
  const repository = github.store.repository(seed.repository);
  const prefixes = platform.environmentPrefixes;
  return {
    cloud,
    aws,
    repository,
    mischief: createMischief(cloud, aws),
    mayfly: createMayflySwitch(cloud),
    sightings: watchAccount(aws.world, { clock, prefix: prefixes[seed.repository] ?? 'pr' }),
    pullRequest: (number) => repository.pullRequests.get(number),
    environmentOf: (number) => environmentName({ pullRequest: { repository: seed.repository, number }, prefixes }),
    linkTo: (href) => throughLoadBalancer(aws.url, href),
  };
}
