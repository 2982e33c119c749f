import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDuration } from '../../src/domain/duration.ts';

const ACTIONS = ['create', 'destroy', 'list', 'plan'] as const;
export type Action = (typeof ACTIONS)[number];

/** Where states are: a bucket that locks by itself, or a folder of this machine, to try it out. */
export type StateStore = { readonly bucket: string; readonly region: string } | { readonly folder: string };

export interface EnvironmentOptions {
  readonly action: Action;
  /** Empty for `list`. */
  readonly name: string;
  readonly region: string;
  readonly state: StateStore;
  readonly platformParameter: string;
  /** Undefined: the region's document names it. */
  readonly accountId: string | undefined;
  readonly wish: Wish;
  readonly summaryFile: string | undefined;
  readonly checksDelegation: boolean;
  readonly settleSeconds: number;
  readonly json: boolean;
}

/** What is asked for of an environment; what is left out stays as it was. */
export interface Wish {
  readonly ttlSeconds: number | undefined;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly repository: string | undefined;
  readonly pullRequest: number | undefined;
  readonly varFiles: readonly string[];
  readonly images: Readonly<Record<string, string>>;
  readonly waits: boolean;
}

export const USAGE = `npm run environment -- <create|destroy|plan> <name> [options]
npm run environment -- list [options]

An environment in Terraform, without the GitHub App: one workspace of infra/live/environment.

  create    makes it, or brings it to what is asked; a second time changes nothing
  plan      shows what create would do
  destroy   removes it, its workspace and what writes itself again; a second time finds nothing to do
  list      name, expiry and branch of every environment in the state

what it is (create, plan):
                            what is left out stays as it was, so once it is there all of it may be
  --var-file <file>         Terraform's variables: services, database; may be given several times. Together they say
                            all that runs: what they leave out is removed
  --branch <name> --commit <id> --repository <owner/name>   of what it is
  --pull-request <number>   the pull request it is for
  --image <service=image>   an image in place of the file's; may be given several times
  --ttl <duration>          how long it lives from now, such as 3d (default: the platform's; afterwards: as it stands)
  --no-wait                 ends when ECS has taken the order, not when the services run

where it is:
  --state-bucket <name>     the bucket of states (default: STATE_BUCKET)
  --state-dir <folder>      a folder of states on this machine instead, to try it out
  --region <region>         (default: AWS_REGION)
  --account <id>            refuse any other account
  --platform <parameter>    the platform document (default /mayfly/platform)

  --summary <file>          adds the plan to a file as Markdown, such as $GITHUB_STEP_SUMMARY
  --no-delegation-check     do not ask DNS whether the zone is delegated; never asked with AWS_ENDPOINT_URL
  --settle <duration>       how long after a removal to look again for log groups (default 20s)
  --json                    one JSON document on stdout; Terraform always talks on stderr
  --help                    this text

Terraform's own variables are passed on (TF_CLI_ARGS_init, TF_PLUGIN_CACHE_DIR, TF_LOG). TF_PLUGIN_DIR names a directory of
providers. Ctrl-C is passed to Terraform once, which stops in good order; a second one, a second later, again.
exit status: 0 done, 1 Terraform or AWS failed (what is made stands in the state: run it again), 2 refused before anything
was made, 130 ended by Ctrl-C`;

/** Throws with a sentence for a person when the command line cannot be understood. `env` gives the defaults. */
export function parseOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): EnvironmentOptions {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const region = values.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? '';
  if (region === '') {
    throw new Error('A region is missing: give --region, or set AWS_REGION.');
  }
  return {
    ...orderOf(positionals),
    region,
    state: stateOf({ bucket: values['state-bucket'], folder: values['state-dir'], env, region }),
    platformParameter: values.platform,
    accountId: values.account,
    wish: wishOf(values),
    summaryFile: values.summary,
    checksDelegation: !values['no-delegation-check'] && !env['AWS_ENDPOINT_URL'],
    settleSeconds: values.settle === '0' ? 0 : secondsOf('--settle', values.settle),
    json: values.json,
  };
}

function orderOf([action = '', name = '', ...rest]: readonly string[]): Pick<EnvironmentOptions, 'action' | 'name'> {
  const known = ACTIONS.find((one) => one === action);
  if (known === undefined) {
    throw new Error(action === '' ? 'An action is missing.' : `There is no action \`${action}\`.`);
  }
  if (rest.length > 0 || (name === '') !== (known === 'list')) {
    throw new Error(known === 'list' ? '`list` takes no name.' : `\`${known}\` takes one name.`);
  }
  return { action: known, name };
}

const OPTIONS = {
  'state-bucket': { type: 'string' },
  'state-dir': { type: 'string' },
  region: { type: 'string' },
  account: { type: 'string' },
  platform: { type: 'string', default: '/mayfly/platform' },
  branch: { type: 'string' },
  commit: { type: 'string' },
  repository: { type: 'string' },
  'pull-request': { type: 'string' },
  'var-file': { type: 'string', multiple: true, default: [] as string[] },
  image: { type: 'string', multiple: true, default: [] as string[] },
  ttl: { type: 'string' },
  'no-wait': { type: 'boolean', default: false },
  summary: { type: 'string' },
  'no-delegation-check': { type: 'boolean', default: false },
  settle: { type: 'string', default: '20s' },
  json: { type: 'boolean', default: false },
} as const;

interface WishValues {
  readonly ttl?: string | undefined;
  readonly branch?: string | undefined;
  readonly commit?: string | undefined;
  readonly repository?: string | undefined;
  readonly 'pull-request'?: string | undefined;
  readonly 'var-file': readonly string[];
  readonly image: readonly string[];
  readonly 'no-wait': boolean;
}

function wishOf(values: WishValues): Wish {
  return {
    ttlSeconds: values.ttl === undefined ? undefined : secondsOf('--ttl', values.ttl),
    branch: values.branch,
    commit: values.commit,
    repository: values.repository,
    pullRequest: values['pull-request'] === undefined ? undefined : pullRequestOf(values['pull-request']),
    varFiles: values['var-file'].map((file) => resolve(file)),
    images: Object.fromEntries(values.image.map(imageOf)),
    waits: !values['no-wait'],
  };
}

function stateOf({
  bucket,
  folder,
  env,
  region,
}: {
  bucket: string | undefined;
  folder: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  region: string;
}): StateStore {
  if (bucket !== undefined && folder !== undefined) {
    throw new Error('Give --state-bucket or --state-dir, not both.');
  }
  if (folder !== undefined) {
    return { folder: resolve(folder) };
  }
  const named = bucket ?? env['STATE_BUCKET'] ?? '';
  if (named === '') {
    throw new Error('Nothing says where states are kept: give --state-bucket, or set STATE_BUCKET.');
  }
  return { bucket: named, region };
}

function secondsOf(option: string, text: string): number {
  const parsed = parseDuration(text);
  if (!parsed.ok) {
    throw new Error(`${option}: ${parsed.problem}.`);
  }
  return parsed.seconds;
}

function pullRequestOf(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) {
    throw new Error(`--pull-request: \`${text}\` is not the number of one.`);
  }
  return Number(text);
}

function imageOf(text: string): [service: string, image: string] {
  const [, service, image] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (service === undefined || image === undefined) {
    throw new Error(`--image: \`${text}\` is not service=image.`);
  }
  return [service, image];
}
