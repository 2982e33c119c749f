import type { Clock } from '../../reconcile/clock.ts';
import type { DatabaseUsers } from '../../reconcile/database/database-users.ts';
import type { Provisioners } from '../../reconcile/provisioner.ts';
import { createCertificateProvisioner } from './certificate.ts';
import type { AwsClients } from './clients.ts';
import { createCloneClusterProvisioner } from './clone-cluster.ts';
import { createCloneInstanceProvisioner } from './clone-instance.ts';
import { createDatabaseCredentialsProvisioner } from './database-credentials.ts';
import { createDatabaseUserProvisioner } from './database-user.ts';
import { createDnsRecordsProvisioner } from './dns-records.ts';
import { createImageProvisioner } from './image.ts';
import { createListenerCertificateProvisioner } from './listener-certificate.ts';
import { createListenerRuleProvisioner } from './listener-rule.ts';
import { createLogGroupProvisioner } from './log-group.ts';
import { createLogReader } from './log-reader.ts';
import { createOneOffTaskProvisioner } from './one-off-task.ts';
import { createParametersProvisioner } from './parameters.ts';
import { createResourceTagsProvisioner } from './resource-tags.ts';
import { createRolloutProvisioner } from './rollout.ts';
import { createSecretProvisioner } from './secret.ts';
import { createServiceProvisioner } from './service.ts';
import { createServiceReader } from './services.ts';
import { createSmokeProvisioner } from './smoke.ts';
import { createTargetGroupProvisioner } from './target-group.ts';
import { createTargetHealthProvisioner } from './target-health.ts';
import { createTaskDefinitionProvisioner } from './task-definition.ts';

export interface ProvisionerParts {
  readonly clients: AwsClients;
  /** For smoke checks; it must reach the environments' hosts, and nothing else: see `createOutwardFetch`. */
  readonly fetch: typeof fetch;
  /** Makes users in clones. */
  readonly users: DatabaseUsers;
  readonly clock: Clock;
}

/** A provisioner for every kind, on AWS. One set serves all environments of a process: some of it serialises what AWS would not. */
export function createProvisioners({ clients, fetch, users, clock }: ProvisionerParts): Provisioners {
  const { acm, ecr, ecs, elb, logs, rds, route53, secrets, ssm, tagging } = clients;
  const logReader = createLogReader(logs);
  const services = createServiceReader(ecs);
  return {
    'log-group': createLogGroupProvisioner({ logs }),
    secret: createSecretProvisioner({ secrets, clock }),
    parameters: createParametersProvisioner({ ssm }),
    'clone-cluster': createCloneClusterProvisioner({ rds }),
    'clone-instance': createCloneInstanceProvisioner({ rds }),
    'database-credentials': createDatabaseCredentialsProvisioner({ rds, secrets, clock }),
    'database-user': createDatabaseUserProvisioner({ rds, secrets, users, clock }),
    certificate: createCertificateProvisioner({ acm }),
    'listener-certificate': createListenerCertificateProvisioner({ elb, acm }),
    'dns-records': createDnsRecordsProvisioner({ route53 }),
    'target-group': createTargetGroupProvisioner({ elb }),
    'listener-rule': createListenerRuleProvisioner({ elb }),
    image: createImageProvisioner({ ecr, clock }),
    'task-definition': createTaskDefinitionProvisioner({ ecs }),
    'one-off-task': createOneOffTaskProvisioner({ ecs, logReader, clock }),
    service: createServiceProvisioner({ ecs, services }),
    rollout: createRolloutProvisioner({ ecs, services, logReader }),
    'target-health': createTargetHealthProvisioner({ elb }),
    smoke: createSmokeProvisioner({ fetch, clock }),
    'resource-tags': createResourceTagsProvisioner({ tagging }),
  };
}
