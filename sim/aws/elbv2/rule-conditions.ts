import { isIP } from 'node:net';
import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { quotas } from './quotas.ts';
import { validationError } from './validation-error.ts';

const ONCE_PER_RULE = ['host-header', 'path-pattern', 'http-request-method', 'source-ip'];
const LONGEST_VALUE = 128;

/**
 * The conditions as the service keeps and returns them: the short form (`Values`) and the long one (`HostHeaderConfig`)
 * are the same thing, and host and path come back in both. Throws a ValidationError refusal.
 */
export function readConditions(given: readonly RuleCondition[]): RuleCondition[] {
  if (given.length === 0) {
    throw validationError('A rule must have at least one condition');
  }
  const conditions = given.map(readCondition);
  for (const field of ONCE_PER_RULE) {
    if (conditions.filter((condition) => condition.Field === field).length > 1) {
      throw validationError(`A rule can only have one '${field}' condition`);
    }
  }
  refuseTooMany(conditions);
  return conditions;
}

function refuseTooMany(conditions: readonly RuleCondition[]): void {
  const values = conditions.flatMap(valuesOf);
  const most = quotas['condition-values-per-alb-rule'];
  if (values.length > most) {
    throw validationError(`A rule can only have '${most}' condition values`);
  }
  const wildcards = values.join('').match(/[*?]/g)?.length ?? 0;
  const mostWildcards = quotas['condition-wildcards-per-alb-rule'];
  if (wildcards > mostWildcards) {
    throw validationError(`A rule can only have '${mostWildcards}' condition wildcards`);
  }
}

function valuesOf(condition: RuleCondition): string[] {
  const { HostHeaderConfig, PathPatternConfig, HttpHeaderConfig, HttpRequestMethodConfig, SourceIpConfig } = condition;
  const configured =
    HostHeaderConfig ?? PathPatternConfig ?? HttpHeaderConfig ?? HttpRequestMethodConfig ?? SourceIpConfig;
  const pairs = condition.QueryStringConfig?.Values?.map(({ Key, Value }) => `${Key ?? ''}=${Value ?? ''}`);
  return configured?.Values ?? pairs ?? condition.Values ?? [];
}

function readValues(given: RuleCondition): string[] {
  refuseRegexes(given);
  const values = valuesOf(given);
  if (values.length === 0) {
    throw validationError('A condition value must be specified');
  }
  const tooLong = values.find((value) => value.length > LONGEST_VALUE);
  if (tooLong !== undefined) {
    throw validationError(`Condition value '${tooLong}' is longer than ${LONGEST_VALUE} characters`);
  }
  return values;
}

function readCondition(given: RuleCondition): RuleCondition {
  const values = readValues(given);
  const read = READERS.get(given.Field ?? '');
  if (!read) {
    throw validationError(
      `Condition field '${given.Field ?? ''}' must be one of '[${[...READERS.keys()].join(', ')}]'`,
    );
  }
  return { Field: given.Field, ...read(values, given) };
}

function refuseRegexes({ RegexValues, HostHeaderConfig, PathPatternConfig, HttpHeaderConfig }: RuleCondition): void {
  const holders = [{ RegexValues }, HostHeaderConfig, PathPatternConfig, HttpHeaderConfig];
  if (holders.some((holder) => (holder?.RegexValues ?? []).length > 0)) {
    throw validationError('The local cloud matches no regular expressions in conditions');
  }
}

/** "must contain at least one '.'; only letters after the final dot": so neither a port nor a numeric last label. */
function refuseBadHost(value: string): void {
  if (!/^[A-Za-z0-9.*?-]+$/.test(value) || !/\.[A-Za-z]+$/.test(value)) {
    throw validationError(`The host header '${value}' is not valid`);
  }
}

function refuseBadPath(value: string): void {
  if (!/^[A-Za-z0-9_\-.$/~"'@:+&()!,;=*?]+$/.test(value)) {
    throw validationError(`The path pattern '${value}' is not valid`);
  }
}

function refuseBadMethod(value: string): void {
  if (!/^[A-Z_-]{1,40}$/.test(value)) {
    throw validationError(`The request method '${value}' is not valid`);
  }
}

function refuseBadCidr(value: string): void {
  const [address = '', length = ''] = value.split('/');
  const version = isIP(address);
  const bits = Number(length);
  if (version === 0 || !/^\d+$/.test(length) || bits > (version === 4 ? 32 : 128)) {
    throw validationError(`The source IP '${value}' is not a valid CIDR block`);
  }
}

function headerName({ HttpHeaderConfig }: RuleCondition): string {
  const name = HttpHeaderConfig?.HttpHeaderName ?? '';
  if (!/^[\w!#$%&'*+.^`|~-]{1,40}$/.test(name) || name.toLowerCase() === 'host') {
    throw validationError(`The header name '${name}' is not valid`);
  }
  return name;
}

type Reader = (values: string[], given: RuleCondition) => RuleCondition;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'host-header',
    (values) => {
      values.forEach(refuseBadHost);
      return { Values: values, HostHeaderConfig: { Values: values } };
    },
  ],
  [
    'path-pattern',
    (values) => {
      values.forEach(refuseBadPath);
      return { Values: values, PathPatternConfig: { Values: values } };
    },
  ],
  ['http-header', (values, given) => ({ HttpHeaderConfig: { HttpHeaderName: headerName(given), Values: values } })],
  [
    'http-request-method',
    (values) => {
      values.forEach(refuseBadMethod);
      return { HttpRequestMethodConfig: { Values: values } };
    },
  ],
  ['query-string', (_, given) => ({ QueryStringConfig: { Values: given.QueryStringConfig?.Values ?? [] } })],
  [
    'source-ip',
    (values) => {
      values.forEach(refuseBadCidr);
      return { SourceIpConfig: { Values: values } };
    },
  ],
]);
