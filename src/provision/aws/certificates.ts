import {
  type ACMClient,
  type CertificateDetail,
  type CertificateSummary,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
} from '@aws-sdk/client-acm';
import type { EnvironmentOwner } from '../../domain/environment.ts';
import { provesOwnership } from '../../domain/tags.ts';
import type { Sender } from './clients.ts';
import { ask } from './errors.ts';
import { provesNamed, readTags, type Tags } from './ownership.ts';

export type Acm = Sender<ACMClient>;

export async function describeCertificate(acm: Acm, arn: string): Promise<CertificateDetail | undefined> {
  const found = await ask(
    `describing the certificate ${arn}`,
    () => acm.send(new DescribeCertificateCommand({ CertificateArn: arn })),
    { on: { 'not-found': () => undefined } },
  );
  return found?.Certificate;
}

export async function certificateTags(acm: Acm, arn: string): Promise<Tags> {
  const found = await ask(
    `reading the tags of the certificate ${arn}`,
    () => acm.send(new ListTagsForCertificateCommand({ CertificateArn: arn })),
    { on: { 'not-found': () => undefined } },
  );
  return readTags(found?.Tags);
}

/** Every name it is for, lower case, sorted. */
export function namesOf({ DomainName, SubjectAlternativeNames }: CertificateDetail): string[] {
  return distinct([DomainName ?? '', ...(SubjectAlternativeNames ?? [])]);
}

export function distinct(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))].toSorted();
}

/**
 * The certificates that are proven to be of this environment, or of them the one tagged `name`: while hosts change there
 * are two. They have no names of their own, so the ones whose first or further names hold the environment's name are
 * asked for their tags: one call each.
 */
export async function findOwnCertificates(acm: Acm, environment: EnvironmentOwner, name?: string): Promise<string[]> {
  const arns: string[] = [];
  for (const summary of await listCertificates(acm)) {
    const arn = summary.CertificateArn ?? '';
    if (mentions(summary, environment.name)) {
      const tags = await certificateTags(acm, arn);
      if (name === undefined ? provesOwnership(tags, environment) : provesNamed({ tags, environment, name })) {
        arns.push(arn);
      }
    }
  }
  return arns;
}

function mentions({ DomainName, SubjectAlternativeNameSummaries }: CertificateSummary, name: string): boolean {
  return [DomainName ?? '', ...(SubjectAlternativeNameSummaries ?? [])].some((domain) => domain.includes(name));
}

export async function listCertificates(acm: Acm): Promise<CertificateSummary[]> {
  const summaries: CertificateSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ask('listing the certificates', () => acm.send(new ListCertificatesCommand({ NextToken })));
    summaries.push(...(page.CertificateSummaryList ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return summaries;
}
