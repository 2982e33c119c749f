import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';

const LEGAL = /^[a-z](?:-?[a-z0-9])*$/;
const LONGEST = 63;

/**
 * A new identifier as RDS keeps it, in lower case. Throws InvalidParameterValue unless it has 1 to 63 letters, digits
 * and hyphens, begins with a letter, does not end with a hyphen and holds no two in a row.
 */
export function newIdentifier(parameter: string, asked: string): string {
  const id = asked.toLowerCase();
  if (id.length > LONGEST || !LEGAL.test(id)) {
    throw new Refusal(
      'InvalidParameterValue',
      `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
    );
  }
  return id;
}

/** The kinds of resource as they stand in an ARN. */
export type RdsKind = 'cluster' | 'db' | 'subgrp' | 'cluster-pg' | 'pg' | 'cluster-snapshot';

export function rdsArn({ region, accountId }: World, kind: RdsKind, id: string): string {
  return `arn:aws:rds:${region}:${accountId}:${kind}:${id}`;
}

/** The key of what a caller names by identifier, in any case, or by ARN. */
export function keyOf(identifierOrArn: string): string {
  return (
    identifierOrArn.startsWith('arn:') ? (identifierOrArn.split(':').at(-1) ?? '') : identifierOrArn
  ).toLowerCase();
}
