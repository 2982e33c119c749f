import { MAYFLY_CREDENTIALS } from '../../sim/local/credentials.ts';
import { mayflyPolicies } from '../infra/policies/mayfly-on-stage.ts';
import { startLocalCloud } from './local-cloud.ts';
import { defineProvisionerContract } from './provisioner-contract.ts';

/** As the role that Mayfly has, and nobody else: a permission that one of these paths needs and has not fails it. */
defineProvisionerContract('the local cloud', {
  losesAnswers: true,
  inaccuracies: {},
  async setUp() {
    const stage = await startLocalCloud({ rateLimits: true });
    stage.aws.authorisation.enforce(MAYFLY_CREDENTIALS.accessKeyId, await mayflyPolicies(stage.platform));
    return stage;
  },
});
