import { engineNamed } from '../../rds/engines.ts';
import { keyOf } from '../../rds/identifiers.ts';
import type { Cluster } from '../../rds/state.ts';
import type { World } from '../../world.ts';
import { arnIn } from '../need.ts';

export type Kind = 'cluster' | 'db' | 'cluster-pg' | 'pg' | 'og' | 'subgrp' | 'cluster-snapshot';

export const rds = (world: World, kind: Kind, identifier: string): string =>
  arnIn(world, 'rds', `${kind}:${keyOf(identifier)}`);

/**
 * What the reference marks as required is judged even where the request leaves it to RDS: then it is the default of the
 * engine, as in RDS's own example of a policy that allows one thing to be created.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/security_iam_id-based-policy-examples.html
 */
export function defaultsOf(
  world: World,
  cluster: Pick<Cluster, 'engine' | 'engineVersion'> | undefined,
): { parameterGroup: string; optionGroup: string } {
  const { engine, engineVersion } = cluster ?? { engine: 'aurora-mysql', engineVersion: '8.0.mysql_aurora.3.08.2' };
  const family = engineNamed(engine).family(engineVersion);
  const optionFamily = family.replace(/(\D)(\d)/, '$1-$2').replaceAll('.', '-');
  return {
    parameterGroup: rds(world, 'pg', `default.${family}`),
    optionGroup: rds(world, 'og', `default:${optionFamily}`),
  };
}
