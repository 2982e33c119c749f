import {
  DescribeLoadBalancerAttributesCommand,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { startWithLoadBalancer } from './shared-load-balancer.ts';

const BUCKET = 'platform-logs';

const grant = (more: object = {}): string =>
  JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${BUCKET}/alb/AWSLogs/123456789012/*`,
      ...more,
    },
  });

/** Switches access logs on for a bucket with that policy and tells what came of it. */
async function logTo(policy: string | undefined, prefix = 'alb') {
  const { client, elb, loadBalancerArn } = await startWithLoadBalancer();
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  if (policy !== undefined) {
    await s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: policy }));
  }
  const Attributes = [
    { Key: 'access_logs.s3.enabled', Value: 'true' },
    { Key: 'access_logs.s3.bucket', Value: BUCKET },
    { Key: 'access_logs.s3.prefix', Value: prefix },
  ];
  const refusal: unknown = await elb
    .send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: loadBalancerArn, Attributes }))
    .then(() => undefined)
    .catch((error: unknown) => error);
  const described = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: loadBalancerArn }));
  const enabled = described.Attributes?.find(({ Key }) => Key === 'access_logs.s3.enabled')?.Value;
  return { refusal, enabled };
}

describe('access logs', () => {
  it.each([
    { reason: 'the delivery service', policy: grant() },
    { reason: "the Region's account", policy: grant({ Principal: { AWS: 'arn:aws:iam::156460612806:root' } }) },
    { reason: 'one of several actions', policy: grant({ Action: ['s3:GetBucketAcl', 's3:Put*'] }) },
  ])('go to a bucket whose policy lets in $reason', async ({ policy }) => {
    expect(await logTo(policy)).toEqual({ refusal: undefined, enabled: 'true' });
  });

  it.each([
    { reason: 'without a policy', policy: undefined },
    { reason: 'that lets in the account of another Region', policy: grant({ Principal: { AWS: '652711504416' } }) },
    { reason: 'that gives reading only', policy: grant({ Action: 's3:GetObject' }) },
    { reason: 'that gives another prefix', policy: grant({ Resource: `arn:aws:s3:::${BUCKET}/nlb/*` }) },
    { reason: 'that denies it', policy: grant({ Effect: 'Deny' }) },
  ])('do not go to a bucket $reason, and stay off', async ({ policy }) => {
    const { refusal, enabled } = await logTo(policy);
    expect(refusal).toMatchObject({
      Code: 'InvalidConfigurationRequest',
      message: `Access Denied for bucket: ${BUCKET}. Please check S3bucket permission`,
    });
    expect(enabled).toBe('false');
  });

  it('do not go to a bucket that is not there', async () => {
    const { elb, loadBalancerArn: LoadBalancerArn } = await startWithLoadBalancer();
    const Attributes = [
      { Key: 'access_logs.s3.enabled', Value: 'true' },
      { Key: 'access_logs.s3.bucket', Value: 'none' },
    ];
    const command = new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes });
    await expect(elb.send(command)).rejects.toMatchObject({ Code: 'InvalidConfigurationRequest' });
  });

  it('have no prefix with AWSLogs in it', async () => {
    expect((await logTo(grant(), 'alb/AWSLogs')).refusal).toMatchObject({ Code: 'ValidationError' });
  });
});
