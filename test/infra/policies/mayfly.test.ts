import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { MAYFLY_CREDENTIALS } from '../../../sim/local/credentials.ts';
import { readBlueprint } from '../../../sim/local/first-users.ts';
import { readAccountId } from '../../../src/provision/aws/account.ts';
import { createDatabaseUse } from '../../../src/provision/aws/database-use.ts';
import { readPlatformDocument } from '../../../src/provision/aws/platform-document.ts';
import { startLocalCloud } from '../../contract/local-cloud.ts';
import { CLOUD_MS, useLocalCloud } from '../../support/local-cloud.ts';
import { type Reasons, unconfined } from './forgeries.ts';
import { liveOneLife, liveThroughEveryKind } from './journey.ts';
import { cloudPolicies, cloudVariables } from './mayfly-on-cloud.ts';
import { mayflyPolicies, stageVariables } from './mayfly-on-stage.ts';
import { generous, laxer } from './mutants.ts';
import { allowingParts, unneeded, without } from './needed.ts';
import { deniedBy, type Recording, recordingOf } from './recording.ts';
import { maskingOf } from './render.ts';
import { liveThroughASource } from './source-journey.ts';

const cloud = useLocalCloud();
const recordings: Recording[] = [];

beforeAll(async () => {
  recordings.push(await ofOneLife(), await ofEveryKind());
}, 2 * CLOUD_MS);

const { accessKeyId } = MAYFLY_CREDENTIALS;

/** The cloud is under the policies from its beginning. */
async function ofOneLife(): Promise<Recording> {
  const { aws, platform, clients, mayflyClients } = cloud.now;
  const document = JSON.stringify(platform);
  await clients.ssm.send(new PutParameterCommand({ Name: '/mayfly/platform', Value: document, Type: 'String' }));
  await readPlatformDocument(mayflyClients.ssm, '/mayfly/platform');
  await readAccountId(mayflyClients.sts);
  const [since, until] = [new Date('2026-11-20T09:00:00Z'), new Date('2026-11-20T10:00:00Z')];
  await createDatabaseUse(mayflyClients.cloudwatch).read([`${platform.name}-pr-1`], { since, until });
  const blueprint = await readBlueprint(platform.accountId);
  await liveOneLife(cloud, blueprint.replace('olcs-dev@example.gov.uk', 'others@example.gov.uk'));
  return recordingOf(aws.authorisation.judged(), await cloudPolicies(platform), cloudVariables(platform));
}

async function ofEveryKind(): Promise<Recording> {
  const stage = await startLocalCloud();
  try {
    const documents = await mayflyPolicies(stage.platform);
    stage.aws.authorisation.enforce(accessKeyId, documents);
    await liveThroughEveryKind(stage);
    const { accountId } = stage.platform;
    await liveThroughASource(stage, maskingOf({ name: 'mayfly', accountId, region: 'eu-west-1' }));
    return recordingOf(stage.aws.authorisation.judged(), documents, stageVariables(stage.platform));
  } finally {
    await stage.close();
  }
}

const ITS_OWN = 'what is its own already it may tag as it likes';
const NO_KEY =
  'AWS has no key that tells the tags of a creation from later ones; names confine it, and sources are denied';

const REASONS: Reasons = {
  ...Object.fromEntries(
    ['ephemeralenv', 'managedby'].flatMap((tag) => [
      [`acm:AddTagsToCertificate aws:requesttag/${tag}`, ITS_OWN],
      [`ecs:TagResource aws:requesttag/${tag}`, ITS_OWN],
      [`elasticloadbalancing:AddTags aws:requesttag/${tag}`, ITS_OWN],
      [`secretsmanager:TagResource aws:requesttag/${tag}`, ITS_OWN],
      [`logs:TagResource aws:resourcetag/${tag}`, NO_KEY],
      [`rds:AddTagsToResource aws:resourcetag/${tag}`, NO_KEY],
      [`secretsmanager:TagResource aws:resourcetag/${tag}`, NO_KEY],
      [`rds:CreateDBInstance aws:requesttag/${tag}`, 'of its cluster; the call is judged on the instance too'],
    ]),
  ),
  'rds:CreateDBInstance aws:requesttag/sourceof': 'of its cluster; the call is judged on the instance too',
  'rds:DescribeDBClusters by the name of somebody else': 'clones are counted by their group, whoever made them',
  'rds:DescribeDBInstances by the name of somebody else': 'the instances of a cluster are found by listing them all',
  'ssm:PutParameter ssm:overwrite': 'the tags decide whose it is',
};

describe("the policies of Mayfly's role", () => {
  it('allow everything that Mayfly was seen to do', () => {
    expect(recordings.map(({ policy, requests }) => deniedBy(policy, requests))).toEqual([undefined, undefined]);
  });

  it('allow nothing that Mayfly was not seen to need', () => {
    expect(unneeded(recordings)).toEqual([]);
  });

  it('keep Mayfly from everything else that AWS can keep it from', async () => {
    expect(await unconfined(recordings, REASONS)).toEqual([]);
  });
});

describe('a change to the policies', () => {
  const changed = (apply: (policy: Recording['policy']) => Recording['policy']): Recording[] =>
    recordings.map((recording) => ({ ...recording, policy: apply(recording.policy) }));
  const isDenied = ({ policy, requests }: Recording): boolean => deniedBy(policy, requests) !== undefined;

  it('is found out when it takes any action or any resource away', () => {
    const parts = allowingParts(recordings[0]?.policy ?? []);
    const unnoticed = parts.filter((part) => !changed((policy) => without(policy, part)).some(isDenied));

    expect(unnoticed).toEqual([]);
    expect(parts.length).toBeGreaterThan(100);
  });

  it('is found out when it adds an action that nothing needs', () => {
    for (const action of ['s3:GetObject', 'rds:DeleteDBSnapshot', 'ecs:ExecuteCommand', 'rds:*', '*']) {
      expect(unneeded(changed(generous(action).apply))).not.toEqual([]);
    }
  });

  it('is found out when it drops a condition, widens a resource or spares one of a denial', async () => {
    const unnoticed: string[] = [];
    const mutants = laxer(recordings[0]?.policy ?? []);
    for (const { name, apply } of mutants) {
      if ((await unconfined(changed(apply), REASONS)).length === 0) {
        unnoticed.push(name);
      }
    }

    expect(unnoticed).toEqual([]);
    expect(mutants.length).toBeGreaterThan(100);
  });
});
