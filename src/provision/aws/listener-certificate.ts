import {
  AddListenerCertificatesCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  type Listener,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { EnvironmentOwner } from '../../domain/environment.ts';
import { provesOwnership } from '../../domain/tags.ts';
import type { Desired, Observation, Provisioner, Release, Released } from '../../reconcile/provisioner.ts';
import { type Acm, certificateTags, describeCertificate, findOwnCertificates } from './certificates.ts';
import type { Elb } from './elb-tags.ts';
import { ask } from './errors.ts';
import { nameTaken, notOurs } from './ownership.ts';

interface Parts {
  readonly elb: Elb;
  readonly acm: Acm;
}

interface Attachment {
  readonly listenerArn: string;
  readonly certificateArn: string;
}

/** One certificate in a listener's list. The listener's own, default certificate is never added, nor removed. */
export function createListenerCertificateProvisioner({ elb, acm }: Parts): Provisioner<'listener-certificate'> {
  async function observe({ spec }: Desired<'listener-certificate'>): Promise<Observation<'listener-certificate'>> {
    const held = await certificatesOf(elb, spec.listenerArn);
    return held.some(({ arn }) => arn === spec.certificateArn) ? { state: 'ready', outputs: {} } : { state: 'absent' };
  }

  async function ensure({
    spec,
    environment,
  }: Desired<'listener-certificate'>): Promise<Observation<'listener-certificate'>> {
    if (!provesOwnership(await certificateTags(acm, spec.certificateArn), environment)) {
      throw nameTaken(`the certificate ${spec.certificateArn}`, environment);
    }
    const taken = await ask(
      'adding a certificate to the listener',
      async () => {
        await elb.send(
          new AddListenerCertificatesCommand({
            ListenerArn: spec.listenerArn,
            Certificates: [{ CertificateArn: spec.certificateArn }],
          }),
        );
        return true;
      },
      // For a while after it was issued, the load balancer still refuses a certificate.
      { on: { 'wrong-state': () => false, 'not-found': () => false } },
    );
    return taken
      ? { state: 'ready', outputs: {} }
      : {
          state: 'pending',
          outputs: {},
          waitingFor: 'the load balancer to take the certificate',
          requeueAfterSeconds: 5,
        };
  }

  async function release({ spec, environment }: Released<'listener-certificate'>): Promise<Release> {
    const attachments = spec ? [spec] : await findAttachments({ elb, acm }, environment);
    const held: Attachment[] = [];
    for (const { listenerArn, certificateArn } of attachments) {
      const certificates = await certificatesOf(elb, listenerArn);
      if (certificates.some(({ arn, isDefault }) => arn === certificateArn && !isDefault)) {
        held.push({ listenerArn, certificateArn });
      }
    }
    if (held.length === 0) {
      return { state: 'absent' };
    }
    for (const attachment of held) {
      await detach({ elb, acm }, attachment, environment);
    }
    return {
      state: 'releasing',
      underWay: true,
      waitingFor: 'the listener to let go of the certificate',
      requeueAfterSeconds: 1,
    };
  }

  return { kind: 'listener-certificate', observe, ensure, release };
}

async function detach({ elb, acm }: Parts, attachment: Attachment, environment: EnvironmentOwner): Promise<void> {
  const { listenerArn, certificateArn } = attachment;
  if (!provesOwnership(await certificateTags(acm, certificateArn), environment)) {
    throw notOurs(`the certificate ${certificateArn}`, environment);
  }
  await ask(
    'removing a certificate from the listener',
    () =>
      elb.send(
        new RemoveListenerCertificatesCommand({
          ListenerArn: listenerArn,
          Certificates: [{ CertificateArn: certificateArn }],
        }),
      ),
    { on: { 'not-found': () => undefined } },
  );
}

/** With the record lost, ACM still knows which load balancers use the environment's certificates. */
async function findAttachments({ elb, acm }: Parts, environment: EnvironmentOwner): Promise<Attachment[]> {
  const attachments: Attachment[] = [];
  for (const certificateArn of await findOwnCertificates(acm, environment)) {
    const certificate = await describeCertificate(acm, certificateArn);
    const balancers = (certificate?.InUseBy ?? []).filter((arn) => arn.includes(':loadbalancer/'));
    for (const balancer of balancers) {
      const listeners = (await listenersOf(elb, balancer)).filter(({ Protocol }) => Protocol === 'HTTPS');
      attachments.push(...listeners.map(({ ListenerArn = '' }) => ({ listenerArn: ListenerArn, certificateArn })));
    }
  }
  return attachments;
}

export async function listenersOf(elb: Elb, LoadBalancerArn: string): Promise<Listener[]> {
  const found = await ask(`listing the listeners of ${LoadBalancerArn}`, () =>
    elb.send(new DescribeListenersCommand({ LoadBalancerArn })),
  );
  return found.Listeners ?? [];
}

/** The default certificate is listed as well, and twice when it also stands in the list. */
export async function certificatesOf(elb: Elb, listenerArn: string): Promise<{ arn: string; isDefault: boolean }[]> {
  const certificates: { arn: string; isDefault: boolean }[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask('listing the certificates of the listener', () =>
      elb.send(new DescribeListenerCertificatesCommand({ ListenerArn: listenerArn, Marker })),
    );
    for (const { CertificateArn = '', IsDefault } of page.Certificates ?? []) {
      certificates.push({ arn: CertificateArn, isDefault: IsDefault === true });
    }
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return certificates;
}
