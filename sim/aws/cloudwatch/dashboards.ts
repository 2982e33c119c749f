import type {
  DeleteDashboardsInput,
  GetDashboardInput,
  GetDashboardOutput,
  ListDashboardsInput,
  ListDashboardsOutput,
  PutDashboardInput,
  PutDashboardOutput,
} from '@aws-sdk/client-cloudwatch';
import { pageOf } from '../paging.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Handler } from '../wire/service.ts';
import type { World } from '../world.ts';
import { reviewBody } from './dashboard-body.ts';
import type { Dashboard } from './state.ts';
import { tagsIn } from './tags.ts';

const PAGE = 1000;

/** Saved with warnings, never with errors; the whole body is replaced. */
function put(world: World, input: PutDashboardInput): PutDashboardOutput {
  const { DashboardName: name = '', DashboardBody: body = '' } = input;
  if (!/^[\w-]{1,255}$/.test(name)) {
    throw new Refusal('DashboardInvalidInputError', `The value ${name} for field DashboardName is invalid.`);
  }
  const { errors, warnings } = reviewBody(body);
  if (errors.length > 0) {
    const messages = errors.map(({ DataPath, Message }) => ({ dataPath: DataPath, message: Message }));
    throw new Refusal(
      'DashboardInvalidInputError',
      `The dashboard body is invalid, there are ${errors.length} validation errors: ${JSON.stringify(messages)}`,
    );
  }
  const now = world.clock.now();
  const existing = world.cloudwatch.dashboards.get(name);
  if (existing) {
    Object.assign(existing, { body, modifiedAt: now });
  } else {
    add(world, {
      name,
      arn: `arn:aws:cloudwatch::${world.accountId}:dashboard/${name}`,
      body,
      modifiedAt: now,
      tags: tagsIn(input.Tags),
    });
  }
  return { DashboardValidationMessages: [...warnings] };
}

function add(world: World, dashboard: Dashboard): void {
  world.cloudwatch.dashboards.set(dashboard.name, dashboard);
  world.tagIndex.put(dashboard.arn, dashboard.tags);
}

function dashboardNamed({ cloudwatch }: World, name: string): Dashboard {
  const dashboard = cloudwatch.dashboards.get(name);
  if (!dashboard) {
    throw new Refusal('DashboardNotFoundError', `Dashboard ${name} does not exist`);
  }
  return dashboard;
}

function get(world: World, { DashboardName = '' }: GetDashboardInput): GetDashboardOutput {
  const { name, arn, body } = dashboardNamed(world, DashboardName);
  return { DashboardName: name, DashboardArn: arn, DashboardBody: body };
}

function list(world: World, { DashboardNamePrefix = '', NextToken }: ListDashboardsInput): ListDashboardsOutput {
  const found = [...world.cloudwatch.dashboards.values()]
    .filter(({ name }) => name.startsWith(DashboardNamePrefix))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const refuseToken = (): never => {
    throw new Refusal('InvalidParameterValueException', 'The parameter NextToken is invalid.');
  };
  const { items, nextToken } = pageOf(found, { limit: PAGE, token: NextToken, refuseToken });
  return {
    DashboardEntries: items.map(({ name, arn, body, modifiedAt }) => ({
      DashboardName: name,
      DashboardArn: arn,
      LastModified: modifiedAt,
      Size: Buffer.byteLength(body),
    })),
    NextToken: nextToken,
  };
}

/** One that is not there fails the call; "the operation attempts to delete as many dashboards as possible". */
function remove(world: World, { DashboardNames = [] }: DeleteDashboardsInput): void {
  const found = DashboardNames.flatMap((name) => world.cloudwatch.dashboards.get(name) ?? []);
  for (const { name, arn } of found) {
    world.cloudwatch.dashboards.delete(name);
    world.tagIndex.remove(arn);
  }
  const missing = DashboardNames.find((name) => !found.some((dashboard) => dashboard.name === name));
  if (missing !== undefined) {
    throw new Refusal('DashboardNotFoundError', `Dashboard ${missing} does not exist`);
  }
}

export function dashboardHandlers(world: World): Record<string, Handler> {
  return {
    PutDashboard: (input: PutDashboardInput) => put(world, input),
    GetDashboard: (input: GetDashboardInput) => get(world, input),
    ListDashboards: (input: ListDashboardsInput) => list(world, input),
    DeleteDashboards: (input: DeleteDashboardsInput) => remove(world, input),
  };
}
