import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { leftoversOf } from '../demo/leftovers.ts';
import { type Stage, until } from './production.ts';

/** An environment of a pull request, when it was ready. */
export interface Cloned {
  readonly number: number;
  readonly name: string;
  readonly source: string | undefined;
  /** Of its comment, and the line of that which tells of the database. */
  readonly body: string;
  readonly line: string;
}

/** Opens a pull request, labels it, and waits until it is ready. */
export async function cloned(stage: Stage, branch: string): Promise<Cloned> {
  const { cloud } = stage;
  const { github, seed, label } = cloud;
  const place = { repository: seed.repository, actor: seed.people.developer };
  github.actions.push({ ...place, ref: branch, message: branch, files: { 'app/data.js': `${branch}\n` } });
  const { number } = github.actions.openPullRequest({ ...place, head: branch, title: `feat: ${branch}` });
  github.actions.label({ ...place, number, label });
  const body = (): string =>
    [...github.store.repository(seed.repository).comments.values()].find(
      (comment) => comment.number === number && comment.viaApp,
    )?.body ?? '';
  await until(stage, `the environment of #${number}`, () => body().includes('is ready'));
  const line = body()
    .split('\n')
    .find((text) => text.includes('**Database**'));
  const name = `pr-${number}`;
  return { number, name, source: await sourceOf(stage, name), body: body(), line: line ?? '' };
}

/** What the clone of an environment is a clone of, as RDS says: the source of its clone group. */
export async function sourceOf({ cloud }: Stage, name: string): Promise<string | undefined> {
  const { DBClusters = [] } = await cloud.clients.rds.send(new DescribeDBClustersCommand({}));
  const own = DBClusters.find(({ DBClusterIdentifier = '' }) => DBClusterIdentifier.includes(name));
  return DBClusters.find(
    (one) => one.CloneGroupId === own?.CloneGroupId && one !== own && one.DBClusterIdentifier?.includes('-source-'),
  )?.DBClusterIdentifier;
}

/** Closes the pull request, and says what is left once nothing is. */
export async function removed(
  stage: Stage,
  { number, name }: Pick<Cloned, 'number' | 'name'>,
): Promise<readonly string[]> {
  const { cloud } = stage;
  cloud.github.actions.close({ repository: cloud.seed.repository, actor: cloud.seed.people.developer, number });
  await until(
    stage,
    `nothing of ${name}`,
    async () => (await leftoversOf(name, { clients: cloud.mayflyClients, platform: cloud.platform })).length === 0,
  );
  return await leftoversOf(name, { clients: cloud.mayflyClients, platform: cloud.platform });
}
