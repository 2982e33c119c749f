import { describe, expect, it } from '@jest/globals';
import { allServices } from '../../../../sim/aws/services.ts';
import { createWorld } from '../../../../sim/aws/world.ts';
import { createSteppedClock } from '../../../../sim/clock.ts';
import { describeIfPresent } from '../../../support/aws-cli.ts';
import { createLoopback } from '../wire/loopback.ts';
import { readExample } from './example-value.ts';
import { botocoreData, examplesOf } from './published-examples.ts';

/** botocore's name of a service and its signing name. The other services of ours have no examples there. */
const published: readonly (readonly [string, string])[] = [
  ['application-autoscaling', 'application-autoscaling'],
  ['ec2', 'ec2'],
  ['ecr', 'ecr'],
  ['ecs', 'ecs'],
  ['elasticache', 'elasticache'],
  ['elbv2', 'elasticloadbalancing'],
  ['kms', 'kms'],
  ['lambda', 'lambda'],
  ['rds', 'rds'],
  ['route53', 'route53'],
  ['s3', 's3'],
  ['secretsmanager', 'secretsmanager'],
  ['sts', 'sts'],
];

/** Examples of operations that the SDK has given up, one that names an empty bucket, and one whose date is none. */
const unusable =
  /^(GetBucketLifecycle|GetBucketNotification|to-set-cors-configuration-on-a-bucket-.*|to-create-a-multi-region-primary-kms-key-.*)$/;

function examplesSuite(data: string): void {
  const definitions = allServices(createWorld({ clock: createSteppedClock() }));
  describe.each(published)('of %s', (name, signingName) => {
    const definition = definitions.find((candidate) => candidate.signingName === signingName);
    if (!definition) {
      throw new Error(`the local cloud has no ${signingName}`);
    }
    const loopback = createLoopback(definition);
    const examples = examplesOf(data, name).filter(
      ({ operation, id }) => !unusable.test(operation) && !unusable.test(id),
    );

    it('are there', () => {
      expect(examples.length).toBeGreaterThan(0);
    });

    it.each(examples)('$operation ($id) arrive and come back', async ({ operation, input, output }) => {
      const shapes = loopback.operationNamed(operation);
      const sent = readExample(shapes.input, input);
      const expected = readExample(shapes.output, output);
      expect([...sent.strange, ...expected.strange]).toEqual([]);
      const { received, answered } = await loopback.exchange(operation, sent.value, expected.value);
      expect(received).toMatchObject(sent.value);
      expect(answered).toMatchObject(expected.value);
    });
  });
}

const data = botocoreData();

describeIfPresent({
  name: "AWS's published examples",
  tool: 'botocore, which ships them (pip install botocore)',
  present: data !== undefined,
  suite: () => examplesSuite(data ?? ''),
});
