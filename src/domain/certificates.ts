import { TerminalError } from './failure.ts';
import { environmentDomain } from './hosts.ts';

/** Longest common name of a certificate (RequestCertificate, ACM API reference). */
const MAX_COMMON_NAME_LENGTH = 64;

export interface CertificateNames {
  readonly domainName: string;
  /** Without the domain name itself; sorted. */
  readonly alternativeNames: string[];
}

/** Whether one of a certificate's names is the host's. A wildcard stands for exactly one label: never for none, never for two. */
export function certificateCovers(names: readonly string[], host: string): boolean {
  const wanted = host.toLowerCase();
  const parent = wanted.slice(wanted.indexOf('.') + 1);
  return names.some((name) => {
    const lower = name.toLowerCase();
    return lower === wanted || (wanted.includes('.') && lower === `*.${parent}`);
  });
}

/** The hosts that none of a listener's certificate names covers; for these the environment needs one of its own. */
export function uncoveredHosts(certificateNames: readonly string[], hosts: readonly string[]): string[] {
  return hosts.filter((host) => !certificateCovers(certificateNames, host));
}

/**
 * The names of a certificate for an environment's hosts: its domain and a wildcard below it for what is one label below,
 * and every other host by itself (a wildcard beside the environment would cover other environments too). `hosts` is not
 * empty. The shortest name is the common name; when even that is too long, nothing can be requested: `TerminalError`.
 */
export function certificateFor(environment: string, zone: string, hosts: readonly string[]): CertificateNames {
  const domain = environmentDomain(environment, zone);
  const own = [domain, `*.${domain}`];
  const others = hosts.filter((host) => !certificateCovers(own, host));
  const names = [...(others.length < hosts.length ? own : []), ...new Set(others)];
  const [domainName, ...alternativeNames] = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (domainName === undefined || domainName.length > MAX_COMMON_NAME_LENGTH) {
    throw new TerminalError(
      'HostNameTooLong',
      `A certificate's first name has at most ${MAX_COMMON_NAME_LENGTH} characters, and \`${domainName ?? ''}\` has more: use a shorter zone.`,
      { actor: 'operator' },
    );
  }
  return { domainName, alternativeNames: alternativeNames.toSorted() };
}
