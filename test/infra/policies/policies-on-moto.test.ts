import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Moto } from '../../../sim/local/moto.ts';
import { describeWithMoto, startMoto } from '../../support/moto.ts';
import { LONG_VARIABLES } from './long-variables.ts';
import { POLICIES, renderPolicy } from './render.ts';

/** A grammar that nobody here wrote: moto's IAM reads every element, ARN and operator of a policy. */
describeWithMoto("moto's IAM", () => {
  let moto: Moto;
  let iam: IAMClient;

  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    iam = new IAMClient({ region: 'eu-west-1', endpoint: moto.url, credentials });
  }, 120_000);
  afterAll(async () => {
    iam?.destroy();
    await moto?.stop();
  });

  it.each(POLICIES)('takes the policy %s', async (name) => {
    const PolicyDocument = await renderPolicy(name, LONG_VARIABLES);

    await expect(iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument }))).resolves.toBeDefined();
  });

  it('refuses one that is none', async () => {
    const rendered = await renderPolicy('reaper', LONG_VARIABLES);
    const PolicyDocument = rendered.replace('"StringEquals"', '"StringEqualz"');

    await expect(iam.send(new CreatePolicyCommand({ PolicyName: 'wrong', PolicyDocument }))).rejects.toThrow(
      /[Ss]yntax/,
    );
  });
});
