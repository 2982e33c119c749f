import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { policyOfAws } from './policies-of-aws.ts';
import type { OidcProvider, Policy, Role } from './state.ts';

/** Throws NoSuchEntity. */
export function roleNamed({ iam }: World, name: string): Role {
  const role = iam.roles.get(name.toLowerCase());
  if (!role) {
    throw noSuchEntity(`The role with name ${name} cannot be found.`);
  }
  return role;
}

/**
 * A role whose permissions this account may change. Throws NoSuchEntity, and UnmodifiableEntity for a service-linked role:
 * of that only description and tags are the account's. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export function ownRoleNamed(world: World, name: string): Role {
  const role = roleNamed(world, name);
  if (role.path.startsWith('/aws-service-role/')) {
    throw new Refusal(
      'UnmodifiableEntityException',
      `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
    );
  }
  return role;
}

/** One of the account's policies, or of AWS's as far as they are known here. Throws NoSuchEntity. */
export function policyOf({ iam }: World, arn: string): Policy {
  const policy = iam.policies.get(arn) ?? policyOfAws(arn);
  if (!policy) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  return policy;
}

/** One of the account's own policies: AWS's cannot be changed. Throws NoSuchEntity. */
export function ownPolicyOf({ iam }: World, arn: string): Policy {
  const policy = iam.policies.get(arn);
  if (!policy) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  return policy;
}

/** Throws NoSuchEntity. */
export function oidcProviderOf({ iam }: World, arn: string): OidcProvider {
  const provider = iam.oidcProviders.get(arn);
  if (!provider) {
    throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  }
  return provider;
}

export function noSuchEntity(message: string): Refusal {
  return new Refusal('NoSuchEntityException', message);
}
