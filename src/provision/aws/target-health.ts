import { DescribeTargetHealthCommand, type TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Desired, Observation, Provisioner } from '../../reconcile/provisioner.ts';
import type { Elb } from './elb-tags.ts';
import { ask } from './errors.ts';
import { complaintInWords } from './health-complaint.ts';
import { observing } from './observing.ts';

const RECHECK_SECONDS = 3;
const NONE_REGISTERED = 'a target (none is registered yet)';

/** Ready once the load balancer found one target of a group healthy; until then it says in plain words what is amiss. */
export function createTargetHealthProvisioner({ elb }: { elb: Elb }): Provisioner<'target-health'> {
  async function observe({ spec }: Desired<'target-health'>): Promise<Observation<'target-health'>> {
    const found = await ask('looking at the health of the targets', () =>
      elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: spec.targetGroupArn })),
    );
    const states = (found.TargetHealthDescriptions ?? []).map(({ TargetHealth: health }) => health ?? {});
    const healthy = states.filter(({ State }) => State === 'healthy').length;
    return healthy > 0
      ? { state: 'ready', outputs: { healthy } }
      : { state: 'pending', outputs: {}, waitingFor: reasonOf(states), requeueAfterSeconds: RECHECK_SECONDS };
  }

  return observing('target-health', observe);
}

/** The one state worth telling: an unhealthy target before one that is new, and either before one that leaves. */
function reasonOf(states: readonly TargetHealth[]): string {
  for (const state of ['unhealthy', 'initial', 'unused', 'unavailable', 'draining', 'unhealthy.draining']) {
    const found = states.find(({ State }) => State === state);
    if (found) {
      return inWords(found);
    }
  }
  return NONE_REGISTERED;
}

/** By ELB's reason code; the API reference lists them under TargetHealth. */
const WORDS: Readonly<Record<string, string>> = {
  'Elb.RegistrationInProgress': 'being registered',
  'Elb.InitialHealthChecking': 'first health checks running',
  'Target.NotInUse': 'the load balancer does not use the target group yet',
  'Target.InvalidState': 'its task is stopping',
  'Target.IpUnusable': 'its task is stopping',
  'Target.DeregistrationInProgress': 'the former one is leaving',
  'Target.Timeout': 'health check gets no answer in time',
  'Target.FailedHealthChecks': 'health check gets no connection',
};

function inWords({ Reason, Description }: TargetHealth): string {
  if (Reason === 'Target.NotRegistered') {
    return NONE_REGISTERED;
  }
  const complaint = Description === undefined ? undefined : complaintInWords(Description);
  return `a healthy target (${WORDS[Reason ?? ''] ?? complaint ?? Description ?? 'no reason given'})`;
}
