import { registerSecret } from '../secretsmanager/creating.ts';
import { addVersion } from '../secretsmanager/secret-value.ts';
import type { World } from '../world.ts';
import type { ManagedSecret } from './state.ts';

/** What a secret is named after, and the tag by which Terraform and people find its owner (Aurora and RDS User Guides, password management with Secrets Manager). */
const KINDS = {
  cluster: { prefix: 'rds!cluster', tag: 'aws:rds:primaryDBClusterArn', words: 'primary RDS DB cluster' },
  db: { prefix: 'rds!db', tag: 'aws:rds:primaryDBInstanceArn', words: 'primary RDS DB instance' },
} as const;

interface Owner {
  readonly arn: string;
  readonly masterUsername: string;
  readonly masterPassword: string;
}

/**
 * Keeps the master password of a cluster or an instance outside clusters in a secret of RDS's own, as
 * ManageMasterUserPassword asks for. A clone of the cluster has the password, and no such secret.
 */
export function keepMasterPassword(
  world: World,
  owner: Owner,
  { kind, kmsKeyId }: { kind: keyof typeof KINDS; kmsKeyId: string | undefined },
): ManagedSecret {
  const { prefix, tag, words } = KINDS[kind];
  const secret = registerSecret(world, `${prefix}-${world.uniqueHex(32)}`, {
    description: `The secret associated with the ${words}: ${owner.arn}`,
    kmsKeyId,
    tags: { 'aws:secretsmanager:owningService': 'rds', [tag]: owner.arn },
  });
  const text = JSON.stringify({ username: owner.masterUsername, password: owner.masterPassword });
  addVersion(world, secret, { id: undefined, value: { text, binary: undefined } });
  return { name: secret.name, arn: secret.arn, kmsKeyId };
}

/** The secret goes with its owner (User Guides, as above). */
export function forgetMasterPassword(world: World, managedSecret: ManagedSecret | undefined): void {
  if (managedSecret) {
    world.secretsManager.secrets.delete(managedSecret.name);
    world.tagIndex.remove(managedSecret.arn);
  }
}
