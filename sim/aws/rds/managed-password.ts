import { registerSecret } from '../secretsmanager/creating.ts';
import { addVersion } from '../secretsmanager/secret-value.ts';
import type { World } from '../world.ts';
import type { Cluster, ManagedSecret } from './state.ts';

/** Terraform and people find the owner of such a secret by it (Aurora User Guide, password management with Secrets Manager). */
const OWNER_TAG = 'aws:rds:primaryDBClusterArn';

/**
 * Keeps the cluster's master password in a secret of RDS's own, as ManageMasterUserPassword asks for. A clone of the
 * cluster has the password, and no such secret.
 */
export function keepMasterPassword(world: World, cluster: Cluster, kmsKeyId: string | undefined): ManagedSecret {
  const secret = registerSecret(world, `rds!cluster-${world.uniqueHex(32)}`, {
    description: `The secret associated with the primary RDS DB cluster: ${cluster.arn}`,
    kmsKeyId,
    tags: { 'aws:secretsmanager:owningService': 'rds', [OWNER_TAG]: cluster.arn },
  });
  const text = JSON.stringify({ username: cluster.masterUsername, password: cluster.masterPassword });
  addVersion(world, secret, { id: undefined, value: { text, binary: undefined } });
  return { name: secret.name, arn: secret.arn, kmsKeyId };
}

/** The secret goes with its cluster (Aurora User Guide, as above). */
export function forgetMasterPassword(world: World, { managedSecret }: Cluster): void {
  if (managedSecret) {
    world.secretsManager.secrets.delete(managedSecret.name);
    world.tagIndex.remove(managedSecret.arn);
  }
}
