import { Refusal } from '../wire/refusal.ts';

const LONGEST_COMMON_NAME = 64;
const LONGEST_NAME = 253;
const MOST_NAMES = 10;
const NAME = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** The names a certificate is for, the domain name first, each once. Throws what RequestCertificate refuses. */
export function readNames(domainName: string, alternativeNames: readonly string[]): string[] {
  if (domainName.length > LONGEST_COMMON_NAME) {
    throw new Refusal(
      'InvalidParameterException',
      `The first domain name can be no longer than ${LONGEST_COMMON_NAME} characters, '${domainName}' is`,
    );
  }
  const names = [...new Set([domainName, ...alternativeNames].map((name) => name.toLowerCase()))];
  const bad = names.find((name) => name.length > LONGEST_NAME || !NAME.test(name));
  if (bad !== undefined) {
    throw new Refusal('InvalidParameterException', `The domain name '${bad}' is not valid`);
  }
  if (names.length > MOST_NAMES) {
    throw new Refusal(
      'LimitExceededException',
      `Error: you have exceeded the limit of ${MOST_NAMES} domain names in a certificate`,
    );
  }
  return names;
}
