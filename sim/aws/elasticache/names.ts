import type { World } from '../world.ts';
import { invalidValue } from './refusals.ts';

export type Kind = 'replicationgroup' | 'serverlesscache' | 'subnetgroup' | 'parametergroup' | 'cluster';

export function cacheArn({ region, accountId }: World, kind: Kind, name: string): string {
  return `arn:aws:elasticache:${region}:${accountId}:${kind}:${name}`;
}

/**
 * A new name in lower case, as it is stored. Throws unless it is at most `longest` letters, digits and hyphens, begins
 * with a letter, does not end with a hyphen and holds no two in a row.
 */
export function newName(parameter: string, asked = '', longest = 40): string {
  const name = asked.toLowerCase();
  if (name.length > longest || !/^[a-z](?:-?[a-z0-9])*$/.test(name)) {
    throw invalidValue(
      `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
    );
  }
  return name;
}
