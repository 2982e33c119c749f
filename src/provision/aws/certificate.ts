import { type CertificateDetail, DeleteCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { TerminalError } from '../../domain/failure.ts';
import { TAG_KEYS } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import {
  type Acm,
  certificateTags,
  describeCertificate,
  distinct,
  findOwnCertificates,
  namesOf,
} from './certificates.ts';
import { ask } from './errors.ts';
import { proveOurs, toTagList } from './ownership.ts';

type Seen = Observation<'certificate'>;
type Outputs = Extract<Seen, { state: 'ready' }>['outputs'];

const VALIDATING_STATUS = 'PENDING_VALIDATION';

/** Shown within seconds of the request; validated minutes after the records stand in the zone. */
const RECORD_RECHECK_SECONDS = 3;
const VALIDATION_RECHECK_SECONDS = 15;

/** A certificate for an environment's hosts, validated by DNS. Its records are `dns-records`' to write. */
export function createCertificateProvisioner({ acm }: { acm: Acm }): Provisioner<'certificate'> {
  async function observe(desired: Desired<'certificate'>): Promise<Seen> {
    const certificate = await find(acm, desired);
    return certificate ? seen(certificate) : { state: 'absent' };
  }

  async function ensure(desired: Desired<'certificate'>): Promise<Seen> {
    const { name, spec, tags } = desired;
    const others = distinct(spec.alternativeNames).filter((other) => other !== spec.domainName.toLowerCase());
    const requested = await ask(`requesting a certificate for ${spec.domainName}`, () =>
      acm.send(
        new RequestCertificateCommand({
          DomainName: spec.domainName,
          ...(others.length === 0 ? {} : { SubjectAlternativeNames: others }),
          ValidationMethod: 'DNS',
          // The same token and input within an hour answer the same certificate.
          IdempotencyToken: spec.idempotencyToken,
          Tags: toTagList({ ...tags, [TAG_KEYS.name]: name }),
        }),
      ),
    );
    const outputs = { arn: requested.CertificateArn ?? '' };
    return pending(outputs, 'the records that validate the certificate', RECORD_RECHECK_SECONDS);
  }

  async function release({ name, environment, recorded }: Released<'certificate'>): Promise<Release> {
    const arns = new Set(await findOwnCertificates(acm, environment, name));
    if (recorded?.arn !== undefined && !arns.has(recorded.arn) && (await describeCertificate(acm, recorded.arn))) {
      const tags = await certificateTags(acm, recorded.arn);
      proveOurs({ what: `the certificate ${recorded.arn}`, tags, environment });
      arns.add(recorded.arn);
    }
    if (arns.size === 0) {
      return { state: 'absent' };
    }
    const deleted = await Promise.all([...arns].map(async (arn) => await remove(acm, arn)));
    return deleted.every(Boolean)
      ? { state: 'releasing', underWay: true, waitingFor: 'the certificate to be gone', requeueAfterSeconds: 2 }
      : {
          state: 'releasing',
          underWay: false,
          waitingFor: 'the load balancer to let go of it',
          requeueAfterSeconds: 5,
        };
  }

  return { kind: 'certificate', observe, ensure, release };
}

/** The one remembered, or else one of this environment for exactly these names. */
async function find(
  acm: Acm,
  { environment, spec, recorded }: Desired<'certificate'>,
): Promise<CertificateDetail | undefined> {
  const wanted = distinct([spec.domainName, ...spec.alternativeNames]).join();
  const isWanted = (one: CertificateDetail | undefined): one is CertificateDetail =>
    one !== undefined && namesOf(one).join() === wanted;
  if (recorded?.arn !== undefined) {
    // An ARN that ACM once gave us is never another's; whoever puts it to use or deletes it still asks for its tags.
    const remembered = await describeCertificate(acm, recorded.arn);
    if (isWanted(remembered)) {
      return remembered;
    }
  }
  for (const arn of await findOwnCertificates(acm, environment)) {
    const certificate = await describeCertificate(acm, arn);
    if (isWanted(certificate)) {
      return certificate;
    }
  }
  return undefined;
}

function seen(certificate: CertificateDetail): Seen {
  const outputs: Outputs = { arn: certificate.CertificateArn ?? '', validationRecords: recordsOf(certificate) };
  if (certificate.Status === 'ISSUED') {
    return { state: 'ready', outputs };
  }
  if (certificate.Status !== VALIDATING_STATUS) {
    const why = certificate.FailureReason === undefined ? '' : `: ${certificate.FailureReason}`;
    throw new TerminalError(
      'CertificateFailed',
      `The certificate for ${certificate.DomainName} is ${certificate.Status}${why}. Once that is mended, delete it and Mayfly asks for another.`,
      { actor: 'operator' },
    );
  }
  // `*.x` and `x` share one record, so fewer records than names can be all of them; none is too few.
  return isShown(certificate)
    ? pending(outputs, `the certificate for ${certificate.DomainName} to be validated`, VALIDATION_RECHECK_SECONDS)
    : pending({ arn: outputs.arn }, 'the records that validate the certificate', RECORD_RECHECK_SECONDS);
}

function isShown({ DomainValidationOptions = [] }: CertificateDetail): boolean {
  return DomainValidationOptions.length > 0 && DomainValidationOptions.every(({ ResourceRecord }) => ResourceRecord);
}

function recordsOf({ DomainValidationOptions = [] }: CertificateDetail): { name: string; value: string }[] {
  const records = new Map<string, string>();
  for (const { ResourceRecord } of DomainValidationOptions) {
    if (ResourceRecord?.Name !== undefined && ResourceRecord.Value !== undefined) {
      records.set(withoutFinalDot(ResourceRecord.Name), ResourceRecord.Value);
    }
  }
  return [...records].map(([name, value]) => ({ name, value })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function withoutFinalDot(name: string): string {
  return name.replace(/\.$/, '').toLowerCase();
}

function pending(outputs: Partial<Outputs>, waitingFor: string, requeueAfterSeconds: number): Seen {
  return { state: 'pending', outputs, waitingFor, requeueAfterSeconds };
}

/** False while a load balancer still uses it. */
async function remove(acm: Acm, arn: string): Promise<boolean> {
  return await ask(
    `deleting the certificate ${arn}`,
    async () => {
      await acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
      return true;
    },
    { on: { 'in-use': () => false, 'wrong-state': () => false, 'not-found': () => true } },
  );
}
