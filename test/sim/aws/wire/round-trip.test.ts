import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allServices } from '../../../../sim/aws/services.ts';
import type { Operation } from '../../../../sim/aws/wire/operations.ts';
import { createWorld } from '../../../../sim/aws/world.ts';
import { createSteppedClock } from '../../../../sim/clock.ts';
import { anyOf, isWorkedOut } from './any-shape.ts';
import { createLoopback } from './loopback.ts';

const RUNS = 5;
const SEED = 20_261_120;

const services = allServices(createWorld({ clock: createSteppedClock() }));

const FILLED_IN = /^(x-amz-sdk-checksum-algorithm|content-type)$/i;

/** Members that the client fills in by itself when they are absent. */
function filledIn({ input }: Operation): string[] {
  const alone = [...input.structIterator()].filter(([, schema]) => {
    const { idempotencyToken, httpHeader = '' } = schema.getMergedTraits();
    return idempotencyToken || isWorkedOut(schema) || FILLED_IN.test(httpHeader);
  });
  // S3's client names its Region for a bucket, and sums a body up by the algorithm that it is told.
  const sums = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'].map((algorithm) => `Checksum${algorithm}`);
  return ['CreateBucketConfiguration', ...sums, ...alone.map(([name]) => name)];
}

const structure = (schema: Operation['input']): fc.Arbitrary<object> =>
  schema.isUnitSchema() ? fc.constant({}) : (anyOf(schema) as fc.Arbitrary<object>);

// The schemas and codecs that the wire stands on are the SDK's, and not promised to stay: this is the tripwire.
describe.each(services)('$signingName on the wire', (definition) => {
  const loopback = createLoopback(definition);

  it.each(Object.keys(definition.handlers))('%s arrives as it was sent, and so does its answer', async (name) => {
    const operation = loopback.operationNamed(name);
    const mayAppear = filledIn(operation);
    const property = fc.asyncProperty(
      structure(operation.input),
      structure(operation.output),
      async (input, output) => {
        const { received, answered } = await loopback.exchange(name, input, output);
        expect(received).toMatchObject(input);
        const invented = Object.keys(received as object).filter((key) => !(key in input) && !mayAppear.includes(key));
        expect(invented).toEqual([]);
        expect(answered).toMatchObject(output);
      },
    );
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });
});
