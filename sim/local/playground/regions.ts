import type { PullRequest } from '../../github/entities/repository.ts';
import { actView } from './act-view.ts';
import { awsView } from './aws-view.ts';
import { breakView } from './break-view.ts';
import { clockView, speedView } from './clock-view.ts';
import { mayflyView } from './mayfly-view.ts';
import { pickerView } from './picker-view.ts';
import type { Playground } from './playground.ts';
import { createPullRequestPane } from './pull-request-pane.ts';
import { callsView, webhooksView } from './wire-view.ts';

export const REGIONS = ['picker', 'clock', 'speed', 'mayfly', 'act', 'pull', 'aws', 'break', 'calls', 'hooks'] as const;
type Region = (typeof REGIONS)[number];

/** HTML of the parts of the page that change by themselves; each is the content of the element with its id. */
export type Regions = Readonly<Record<Region, string>>;

export function createRegions(playground: Playground): (pullRequest: PullRequest) => Promise<Regions> {
  const { cloud, aws, repository, mischief, mayfly, sightings, environmentOf, linkTo } = playground;
  const firstSpeed = cloud.clock.speed;
  const pullRequestPane = createPullRequestPane(linkTo);

  return async (pullRequest) => {
    const { number } = pullRequest;
    const environment = environmentOf(number);
    const now = cloud.clock.now();
    const resources = (of: number): number => sightings.of(environmentOf(of)).length;
    const services = mischief.services(environment);
    const markup = {
      picker: pickerView(repository.pullRequests.values(), { current: number, resources }),
      clock: clockView(now),
      speed: speedView(cloud.clock.speed, firstSpeed),
      mayfly: mayflyView(mayfly.state),
      act: actView(repository, pullRequest, cloud.label),
      pull: pullRequestPane(repository, pullRequest),
      aws: awsView(sightings.of(environment), { environment, now, linkTo }),
      break: breakView({ environment, services, pending: mischief.pending(), mayfly: mayfly.state }),
      calls: callsView(aws.requestLog.calls()),
      hooks: webhooksView(cloud.github.deliveries),
    };
    const entries = REGIONS.map(async (region) => [region, String(await markup[region])] as const);
    return Object.fromEntries(await Promise.all(entries)) as Record<Region, string>;
  };
}
