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
  const account = 'eu-west-1:123456789012';
  const variables = {
    ...stageVariables(stage.platform),
    topic_arn: `arn:aws:sns:${account}:mayfly-reaper`,
    dead_letter_queue_arn: `arn:aws:sqs:${account}:mayfly-reaper-dead`,
    log_group_arn: `arn:aws:logs:${account}:log-group:/aws/lambda/mayfly-reaper`,
  };
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

/** What Lambda, SNS and SQS judge is asked of services that are not part of a teardown. */
const BESIDE_A_TEARDOWN = ['SayWhatWasRemoved', 'HandOverWhatItCouldNotRemove', 'WriteItsOwnLog'];
const isOfTheTeardown = ({ sid }: { sid: string }): boolean => !BESIDE_A_TEARDOWN.includes(sid);

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

  it('allows nothing that a teardown does not need, but to say what became of it', () => {
    const policy = (recordings[0]?.policy ?? []).filter(isOfTheTeardown);

    expect(unneeded(changed(() => policy))).toEqual([]);
  });

  it('keeps the reaper from whatever is not of an environment', async () => {
    expect(await unconfined(recordings, REASONS)).toEqual([]);
  });

  it('cannot be changed without one of these noticing', async () => {
    const policy = (recordings[0]?.policy ?? []).filter(isOfTheTeardown);
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
