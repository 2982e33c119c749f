import { Refusal } from '../wire/refusal.ts';

/**
 * The code each service really sends when a caller is too fast, by its model or its guide. Services not named here send
 * `ThrottlingException`. EC2's code and status are assumed: no source of AWS's own was found.
 */
const throttleCodes: Readonly<Record<string, { code: string; status?: number }>> = {
  route53: { code: 'Throttling' },
  sts: { code: 'Throttling' },
  tagging: { code: 'ThrottledException' },
  s3: { code: 'SlowDown', status: 503 },
  lambda: { code: 'TooManyRequestsException' },
  sns: { code: 'ThrottledException' },
  sqs: { code: 'RequestThrottled' },
  ec2: { code: 'RequestLimitExceeded', status: 503 },
};

export function throttleOf(service: string): Refusal {
  const { code, status } = throttleCodes[service] ?? { code: 'ThrottlingException' };
  return new Refusal(code, 'Rate exceeded', status === undefined ? {} : { status });
}
