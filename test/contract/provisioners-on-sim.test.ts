import { startLocalCloud } from './local-cloud.ts';
import { defineProvisionerContract } from './provisioner-contract.ts';

defineProvisionerContract('the local cloud', {
  losesAnswers: true,
  inaccuracies: {},
  setUp: async () => await startLocalCloud({ rateLimits: true }),
});
