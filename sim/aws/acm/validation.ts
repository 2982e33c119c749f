import { createHash } from 'node:crypto';
import { resolve } from '../route53/resolve.ts';
import type { World } from '../world.ts';
import type { Certificate, DomainValidation } from './state.ts';

const TIMEOUT_SECONDS = 72 * 3600;

/** The CNAME that proves control of a domain. It is the same for `*.x` and `x`, and whenever this account asks again. */
export function validationRecord(world: World, domainName: string): DomainValidation['record'] {
  const domain = domainName.replace(/^\*\./, '');
  const hash = createHash('sha256').update(`${world.accountId} ${domain}`).digest('hex');
  const zone = hash.slice(48, 58).replace(/\d/g, (digit) => String.fromCharCode('g'.charCodeAt(0) + Number(digit)));
  return {
    name: `_${hash.slice(0, 32)}.${domain}.`,
    value: `_${createHash('sha256').update(hash).digest('hex').slice(0, 32)}.${zone}.acm-validations.aws.`,
  };
}

/**
 * Waits until name servers answer with every validation record, and then as long as ACM takes to notice and issue.
 * After 72 hours without them the certificate is VALIDATION_TIMED_OUT for good.
 */
export function awaitValidation(world: World, certificate: Certificate): void {
  const { publicationWatchers } = world.route53;
  let cancelIssue: (() => void) | undefined;

  function look(): void {
    const isProved = certificate.validations.every((validation) => recordStands(world, validation));
    if (isProved && !cancelIssue) {
      cancelIssue = world.clock.after(world.durations.certificateIssued, issue);
    } else if (!isProved) {
      cancelIssue?.();
      cancelIssue = undefined;
    }
  }

  function end(): void {
    publicationWatchers.delete(look);
    cancelIssue?.();
    cancelTimeout();
  }

  function issue(): void {
    end();
    certificate.status = 'ISSUED';
    certificate.issuedAt = world.clock.now();
    setDomains(certificate, 'SUCCESS');
  }

  const cancelTimeout = world.clock.after(TIMEOUT_SECONDS, () => {
    end();
    certificate.status = 'VALIDATION_TIMED_OUT';
    setDomains(certificate, 'FAILED');
  });
  certificate.cancelTimer = end;
  publicationWatchers.add(look);
  look();
}

function setDomains(certificate: Certificate, status: DomainValidation['status']): void {
  for (const validation of certificate.validations) {
    validation.status = status;
  }
}

function recordStands(world: World, { record }: DomainValidation): boolean {
  const resolution = resolve(world, record.name, 'CNAME');
  return (
    resolution.kind === 'answer' &&
    (resolution.record.ResourceRecords ?? []).some(({ Value = '' }) => withDot(Value).toLowerCase() === record.value)
  );
}

const withDot = (name: string): string => (name.endsWith('.') ? name : `${name}.`);
