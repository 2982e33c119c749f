import { isIPv4, isIPv6 } from 'node:net';
import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { Refusal } from '../wire/refusal.ts';
import { escaped, isWithin, lengthProblem, normalised } from './domain-name.ts';
import type { HostedZone } from './state.ts';

const MOST_VALUES = 400;

/** A record set as it is kept. Throws an InvalidInput refusal when it is not one at all. */
export function readRecord({ Action, ResourceRecordSet: given }: Change): ResourceRecordSet {
  if (!given?.Name || !given.Type) {
    throw new Refusal('InvalidInput', 'Invalid request: a record set must have a name and a type');
  }
  if (given.SetIdentifier !== undefined) {
    throw new Refusal('InvalidInput', 'The local cloud knows simple routing only: no SetIdentifier');
  }
  refuseUnlessOneKind(Action, given);
  return { Name: normalised(given.Name), Type: given.Type, ...contents(given) };
}

function refuseUnlessOneKind(action: Change['Action'], given: ResourceRecordSet): void {
  const { Name, Type, TTL, ResourceRecords = [], AliasTarget } = given;
  const isWhole = TTL !== undefined && ResourceRecords.length > 0;
  const isPartial = TTL !== undefined || ResourceRecords.length > 0;
  if (AliasTarget ? isPartial : !isWhole) {
    const found = AliasTarget ? 'more than one' : 'none';
    throw new Refusal(
      'InvalidInput',
      `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found ${found} in Change with [Action=${action}, Name=${Name}, Type=${Type}, SetIdentifier=null]`,
    );
  }
}

function contents({ TTL, ResourceRecords = [], AliasTarget }: ResourceRecordSet): Partial<ResourceRecordSet> {
  return AliasTarget
    ? { AliasTarget: { ...AliasTarget, DNSName: normalised(AliasTarget.DNSName ?? '') } }
    : { TTL, ResourceRecords: ResourceRecords.map(({ Value }) => ({ Value })) };
}

/** What is wrong with the record by itself, in the service's words. */
export function recordProblems(zone: HostedZone, record: ResourceRecordSet): string[] {
  const { Name: name = '', Type: type, ResourceRecords = [] } = record;
  const tooLong = lengthProblem(name);
  if (tooLong !== undefined) {
    return [tooLong];
  }
  if (!isWithin(name, zone.name)) {
    return [`RRSet with DNS name ${escaped(name)} is not permitted in zone ${escaped(zone.name)}`];
  }
  if (type === 'CNAME' && name === zone.name) {
    return [
      `RRSet of type CNAME with DNS name ${escaped(name)} is not permitted at apex in zone ${escaped(zone.name)}`,
    ];
  }
  if (ResourceRecords.length > MOST_VALUES || (type === 'CNAME' && ResourceRecords.length > 1)) {
    return [`RRSet with DNS name ${escaped(name)}, type ${type} has too many values`];
  }
  return ResourceRecords.map(({ Value }) => valueProblem(type, Value ?? '')).filter((problem) => problem !== undefined);
}

function valueProblem(type: ResourceRecordSet['Type'], value: string): string | undefined {
  const invalid = (problem: string): string =>
    `Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`;
  if (type === 'A' && !isIPv4(value)) {
    return invalid('ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)');
  }
  if (type === 'AAAA' && !isIPv6(value)) {
    return invalid('AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)');
  }
  if (type === 'TXT' && !/^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*$/.test(value)) {
    return invalid('InvalidCharacterString (Value should be enclosed in quotation marks)');
  }
  return undefined;
}

/** Whether a DELETE repeats what is there: TTL, the values in any order, and every member of an alias. */
export function hasSameValues(a: ResourceRecordSet, b: ResourceRecordSet): boolean {
  return valuesOf(a) === valuesOf(b);
}

function valuesOf({ TTL, ResourceRecords = [], AliasTarget }: ResourceRecordSet): string {
  const values = ResourceRecords.map(({ Value = '' }) => Value).toSorted((a, b) => (a < b ? -1 : 1));
  const { HostedZoneId, DNSName, EvaluateTargetHealth = false } = AliasTarget ?? {};
  return JSON.stringify([TTL, values, HostedZoneId, DNSName, EvaluateTargetHealth]);
}
