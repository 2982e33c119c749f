import { describe, expect, it } from '@jest/globals';
import { TerminalError, TransientError } from '../../src/domain/failure.ts';
import { ask, classify } from '../../src/provision/aws/errors.ts';

function sdkError(
  name: string,
  { code, status = 400, message = 'no' }: { code?: string; status?: number; message?: string } = {},
): Error {
  const error = Object.assign(
    new Error(message),
    { $metadata: { httpStatusCode: status } },
    code ? { Code: code } : {},
  );
  error.name = name;
  return error;
}

describe('classify', () => {
  it.each([
    [
      'not-found',
      'the wire code is not the exception name',
      sdkError('DBInstanceNotFoundFault', { code: 'DBInstanceNotFound', status: 404 }),
    ],
    ['not-found', 'a cluster has the same code on the wire', sdkError('DBClusterNotFoundFault', { status: 404 })],
    [
      'not-found',
      'the load balancer answers 400 for what is missing',
      sdkError('TargetGroupNotFoundException', { code: 'TargetGroupNotFound' }),
    ],
    [
      'not-found',
      'a batch names what was deleted meanwhile',
      sdkError('InvalidChangeBatch', {
        message: "[Tried to delete resource record set [name='a.', type='A'] but it was not found]",
      }),
    ],
    [
      'invalid',
      'a batch that is wrong otherwise',
      sdkError('InvalidChangeBatch', { message: '[... but the values provided do not match the current values]' }),
    ],
    [
      'invalid',
      'a sign-in that the listener cannot ask for',
      sdkError('InvalidLoadBalancerActionException', { code: 'InvalidLoadBalancerAction' }),
    ],
    [
      'already-exists',
      'ECS has one code for many things',
      sdkError('InvalidParameterException', { message: 'Creation of service was not idempotent.' }),
    ],
    [
      'platform-missing',
      "a key's policy leaves CloudWatch Logs out, which is no permission of Mayfly's",
      sdkError('AccessDeniedException', {
        message: "The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:…'",
      }),
    ],
    [
      'wrong-state',
      'a service of that name still drains',
      sdkError('InvalidParameterException', { message: 'Unable to Start a service that is still Draining.' }),
    ],
    [
      'wrong-state',
      'a target group without a rule',
      sdkError('InvalidParameterException', {
        message: 'The target group with targetGroupArn x does not have an associated load balancer.',
      }),
    ],
    [
      'wrong-state',
      'deployments hold a service',
      sdkError('InvalidParameterException', { message: 'The service cannot be stopped while deployments are active.' }),
    ],
    [
      'invalid',
      'anything else ECS does not like',
      sdkError('InvalidParameterException', { message: 'Container name is missing.' }),
    ],
    ['quota', 'the SDK takes it for throttling, but it is a quota', sdkError('LimitExceededException')],
    ['quota', 'clusters', sdkError('DBClusterQuotaExceededFault', { status: 403 })],
    ['quota', 'rules', sdkError('TooManyRulesException', { code: 'TooManyRules' })],
    ['throttled', 'RDS', sdkError('ThrottlingException')],
    ['throttled', 'RDS in the field, and Route 53', sdkError('Throttling')],
    ['throttled', 'the tagging API', sdkError('ThrottledException')],
    ['throttled', 'one change of a zone at a time', sdkError('PriorRequestNotComplete')],
    ['throttled', 'whatever it is called, 429 is a matter of pace', sdkError('Surprise', { status: 429 })],
    ['wrong-state', 'a cluster that is being changed', sdkError('InvalidDBClusterStateFault')],
    [
      'wrong-state',
      'an instance that is being deleted',
      sdkError('InvalidDBInstanceStateFault', { code: 'InvalidDBInstanceState' }),
    ],
    ['wrong-state', 'a certificate that is not issued yet', sdkError('UnsupportedCertificate')],
    [
      'wrong-state',
      'a secret that is scheduled for deletion',
      sdkError('InvalidRequestException', { message: 'a secret with this name is already scheduled for deletion.' }),
    ],
    ['in-use', 'a target group with a rule', sdkError('ResourceInUseException', { code: 'ResourceInUse' })],
    ['priority-in-use', 'a priority that is taken', sdkError('PriorityInUseException', { code: 'PriorityInUse' })],
    [
      'unavailable',
      'no capacity in the zone',
      sdkError('InsufficientDBInstanceCapacityFault', { code: 'InsufficientDBInstanceCapacity' }),
    ],
    ['unavailable', 'any server error', sdkError('Surprise', { status: 503 })],
    ['platform-missing', 'the cluster all services run in', sdkError('ClusterNotFoundException')],
    ['platform-missing', 'the zone', sdkError('NoSuchHostedZone', { status: 404 })],
    [
      'denied',
      'ECS has no code of its own for a role that may not be passed',
      sdkError('ClientException', { message: 'User: x is not authorized to perform: iam:PassRole on resource: y' }),
    ],
    [
      'wrong-state',
      'a cluster whose protection has just been taken off',
      sdkError('InvalidParameterCombination', {
        message: 'Cannot delete protected Cluster, please disable deletion protection and try again.',
      }),
    ],
    [
      'invalid',
      'any other combination of parameters',
      sdkError('InvalidParameterCombination', { message: 'The engine name requested does not match.' }),
    ],
    ['denied', 'no permission', sdkError('AccessDeniedException')],
    ['network', 'a connection that broke', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['network', 'a time-out that the SDK wrapped', new Error('AWS SDK error wrapper for TimeoutError: socket hang up')],
    ['unknown', 'a 404 that no service calls by a name we know is no absence', sdkError('Surprise', { status: 404 })],
    ['unknown', 'something that is no error', 'what'],
  ])('takes for %s: %s', (kind, _reason, error) => {
    expect(classify(error).kind).toBe(kind);
  });
});

describe('ask', () => {
  it('answers what the call answers', async () => {
    expect(await ask('asking', async () => await Promise.resolve(7))).toBe(7);
  });

  it('answers in the stead of a call whose failure is part of the work', async () => {
    const missing = sdkError('DBClusterNotFoundFault', { status: 404 });
    expect(await ask('asking', async () => await Promise.reject(missing), { on: { 'not-found': () => 'none' } })).toBe(
      'none',
    );
  });

  it('throws what nobody expected as something to retry, or as something for the operator', async () => {
    const throttled = ask('counting clones', async () => await Promise.reject(sdkError('Throttling')));
    await expect(throttled).rejects.toThrow(TransientError);
    const spent = ask('counting clones', async () => await Promise.reject(sdkError('LimitExceededException')));
    await expect(spent).rejects.toThrow(TerminalError);
    await expect(spent).rejects.toMatchObject({ reason: 'QuotaExceeded', actor: 'operator' });
  });

  it('names the permission that is missing, not the role or the account', async () => {
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/mayfly/i is not authorized to perform: rds:ModifyDBCluster on resource: x';
    const denied = ask('cloning', async () => await Promise.reject(sdkError('AccessDenied', { message })));
    await expect(denied).rejects.toMatchObject({
      message: 'AWS refused Mayfly while cloning (not allowed to rds:ModifyDBCluster). Its role needs that permission.',
    });
  });

  it("lets nothing of the service's words out when the request holds a secret", async () => {
    const error = sdkError('ValidationException', { message: "value 'hunter2' at 'value' is too long" });
    const refused: unknown = await ask('writing', async () => await Promise.reject(error), {
      confidential: true,
    }).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(TerminalError);
    expect(refused).toMatchObject({ message: 'AWS rejected the request while writing (ValidationException).' });
    expect((refused as TerminalError).cause).toBeUndefined();
  });

  it('says the same of the same failure each time', async () => {
    const message = 'Rate of change\n too high (Request ID: 5d3c-11)';
    const failed = ask('asking', async () => await Promise.reject(sdkError('InvalidInput', { message })));
    await expect(failed).rejects.toMatchObject({
      message: 'AWS rejected the request while asking (InvalidInput: Rate of change too high).',
    });
  });
});
