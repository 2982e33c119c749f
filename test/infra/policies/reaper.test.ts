import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createAwsClients } from '../../../src/provision/aws/clients.ts';
import { startLocalCloud } from '../../contract/local-cloud.ts';
import { type Reasons, unconfined } from './forgeries.ts';
import { stageVariables } from './mayfly-on-stage.ts';
import { laxer } from './mutants.ts';
import { allowingParts, unneeded, without } from './needed.ts';
import { reapEveryKind } from './reaping.ts';
import { deniedBy, type Recording, recordingOf } from './recording.ts';
import { renderPolicy } from './render.ts';

const credentials = { accessKeyId: 'reaper', secretAccessKey: 'local' };
const recordings: Recording[] = [];

beforeAll(async () => {
  const stage = await startLocalCloud();
  const clients = createAwsClients({ region: 'eu-west-1', endpoint: stage.aws.url, credentials });
  const variables = stageVariables(stage.platform);
  try {
    const documents = [await renderPolicy('reaper', variables)];
    stage.aws.authorisation.enforce(credentials.accessKeyId, documents);
    await stage.clients.ssm.send(new PutParameterCommand({ Name: '/mayfly/platform', Value: '{}', Type: 'String' }));
    await reapEveryKind(stage, clients);
    recordings.push(recordingOf(stage.aws.authorisation.judged(), documents, variables));
  } finally {
    Object.values(clients).forEach((client) => client.destroy());
    await stage.close();
  }
}, 120_000);

const REASONS: Reasons = {
  'rds:DescribeDBClusters by the name of somebody else':
    'an orphan is told from the source by its tags, not by its name',
  'rds:DescribeDBInstances by the name of somebody else': 'the instances of a cluster are found by listing them all',
};

const changed = (apply: (policy: Recording['policy']) => Recording['policy']): Recording[] =>
  recordings.map((recording) => ({ ...recording, policy: apply(recording.policy) }));

describe("the policy of the reaper's role", () => {
  it('allows a teardown of every kind of resource', () => {
    expect(recordings.map(({ policy, requests }) => deniedBy(policy, requests))).toEqual([undefined]);
  });

  it('allows nothing that a teardown does not need', () => {
    expect(unneeded(recordings)).toEqual([]);
  });

  it('keeps the reaper from whatever is not of an environment', async () => {
    expect(await unconfined(recordings, REASONS)).toEqual([]);
  });

  it('cannot be changed without one of these noticing', async () => {
    const policy = recordings[0]?.policy ?? [];
    const missed = allowingParts(policy).filter((part) =>
      changed((whole) => without(whole, part)).every(({ policy: poorer, requests }) => !deniedBy(poorer, requests)),
    );
    const open: string[] = [];
    for (const { name, apply } of laxer(policy)) {
      if ((await unconfined(changed(apply), REASONS)).length === 0) {
        open.push(name);
      }
    }

    expect(missed).toEqual([]);
    expect(open).toEqual([]);
  });
});
