import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leftoversOf } from '../../sim/demo/leftovers.ts';
import { REPOSITORY } from '../../sim/local/first-users.ts';
import type { Platform } from '../../src/config/platform.ts';
import type { AwsClients } from '../../src/provision/aws/clients.ts';
import { variablesOfShape } from './shape.ts';
import { createWorkspaceScript, type ScriptRun, type WorkspaceScript } from './workspace-script.ts';

export interface WorkspaceFigures {
  /** From the command to its end, by the wall. */
  readonly createSeconds: number;
  readonly destroySeconds: number;
  /** What stands of the other environment while it lives, and once the first is gone. */
  readonly othersBefore: number;
  readonly othersAfter: number;
  readonly leftovers: readonly string[];
  /** What a name, an account or a parameter that cannot be is answered. */
  readonly refusals: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

interface Stage {
  readonly platform: Platform;
  readonly clients: AwsClients;
  /** The environment that the script runs in. */
  readonly env: NodeJS.ProcessEnv;
  /** Whether services run there, so that to wait for them ends. */
  readonly runsTasks: boolean;
  say(line: string): void;
}

const FIRST = 'payments';
const SECOND = 'refunds';

/** Each asks for something that cannot be; none of them may make anything. */
const IMPOSSIBLE: Readonly<Record<string, readonly string[]>> = {
  'a reserved name': ['create', 'prod'],
  'an illegal name': ['create', 'Not_A_Name'],
  'the name of a pull request': ['create', 'pr-1721'],
  'an unknown account': ['create', FIRST, '--account', '999999999999'],
  'a missing platform document': ['create', FIRST, '--platform', '/nobody/wrote/this'],
};

/** Two environments side by side by `npm run environment`, of which one goes, twice, and the other stays as it was. */
export async function tryWorkspaces(stage: Stage): Promise<WorkspaceFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'mayfly-states-'));
  try {
    const varFile = join(folder, 'shape.tfvars.json');
    await writeFile(varFile, variablesOfShape(stage.platform.registry.host));
    const script = createWorkspaceScript({ env: stage.env, stateFolder: join(folder, 'states') });
    return await tell(stage, { script, varFile });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tell(
  stage: Stage,
  { script, varFile }: { script: WorkspaceScript; varFile: string },
): Promise<WorkspaceFigures> {
  const wish = ['--branch', 'feat/pay', '--commit', '1'.repeat(40), '--repository', REPOSITORY, '--var-file', varFile];
  const create = async (name: string): Promise<ScriptRun> =>
    await script('create', name, ...wish, ...(stage.runsTasks ? [] : ['--no-wait']));
  const standing = async (name: string): Promise<string[]> => await leftoversOf(name, stage);

  const refused = await refusalsOf(script, wish);
  const first = await create(FIRST);
  stage.say(`\`${FIRST}\` by the script in ${first.seconds} s`);
  const second = await create(SECOND);
  const before = await standing(SECOND);
  const gone = await script('destroy', FIRST);
  const after = await standing(SECOND);
  const again = await script('destroy', FIRST);
  const listed = await script('list');
  const left = await standing(FIRST);
  const last = await script('destroy', SECOND);
  const leftovers = [...left, ...(await standing(SECOND))];
  return {
    createSeconds: first.seconds,
    destroySeconds: gone.seconds,
    othersBefore: before.length,
    othersAfter: after.length,
    leftovers,
    refusals: Object.fromEntries(refused.map(([what, run]) => [what, sentenceOf(run)])),
    problems: [
      ...[first, second, gone, again, listed, last].flatMap(failureOf),
      ...refused.flatMap(([what, { status }]) => (status === 2 ? [] : [`${what} is not refused: exit ${status}`])),
      ...(before.length > 0 && before.join() === after.join() ? [] : [`\`${SECOND}\` is not as it was`]),
      ...('environments' in listed.outcome && listed.outcome.environments.map(({ name }) => name).join() === SECOND
        ? []
        : [`the script does not list \`${SECOND}\` alone`]),
      ...('existed' in again.outcome && !again.outcome.existed ? [] : [`\`${FIRST}\` was destroyed twice`]),
      ...leftovers.map((name) => `${name} is left of a workspace`),
    ],
  };
}

async function refusalsOf(
  script: WorkspaceScript,
  wish: readonly string[],
): Promise<readonly (readonly [string, ScriptRun])[]> {
  const runs: [string, ScriptRun][] = [];
  for (const [what, args] of Object.entries(IMPOSSIBLE)) {
    runs.push([what, await script(...args, ...wish)]);
  }
  return runs;
}

function failureOf({ status, outcome }: ScriptRun): string[] {
  return status === 0 ? [] : [`the script's ${outcome.action} ended with ${status}: ${sentenceOf({ outcome })}`];
}

function sentenceOf({ outcome }: Pick<ScriptRun, 'outcome'>): string {
  return 'error' in outcome ? outcome.error.message : '';
}
