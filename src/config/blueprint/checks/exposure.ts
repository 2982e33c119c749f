import type { Finding } from '../../document/finding.ts';
import type { Blueprint, BlueprintService } from '../blueprint.ts';

/** "Each rule can have up to 5 condition values" (Elastic Load Balancing quotas): many hosts become many rules, but each repeats the networks. */
const MAX_NETWORKS = 4;

/** Hosts, ports and listeners fit together, within each service and among them. */
export function exposureFindings({ services, smoke }: Blueprint): Finding[] {
  return [
    ...Object.entries(services).flatMap(([name, service]) => serviceFindings(name, service)),
    ...sharedHostFindings(services),
    ...smoke.flatMap(({ service }, index) => smokeFindings(services, { service, index })),
  ];
}

type Complaint = readonly [key: string, message: string, allowed: string];

function serviceFindings(name: string, service: BlueprintService): Finding[] {
  return [...portComplaints(service), ...ruleComplaints(service)].map(([key, message, allowed]) => ({
    field: ['services', name, key],
    message,
    found: null,
    allowed,
  }));
}

function portComplaints({ port, hosts, apex, expose }: BlueprintService): Complaint[] {
  const answers = hosts.length > 0 || apex;
  if (port === null && answers) {
    return [['host', 'has a host and no port: nothing would answer there', 'a port, or no host']];
  }
  if (port === null && expose === 'internal') {
    return [['expose', 'is internal and has no port: nothing would answer', 'a port, or `expose: none`']];
  }
  if (answers && expose !== 'public') {
    return [['expose', `has a host and is \`${expose}\``, '`public`, or no host']];
  }
  return !answers && expose === 'public' ? [['expose', 'is public and has no host', 'a host, or `internal`']] : [];
}

function ruleComplaints({ sourceCidrs, healthCheck }: BlueprintService): Complaint[] {
  const complaints: Complaint[] = [];
  if (sourceCidrs.length > MAX_NETWORKS) {
    complaints.push([
      'sourceCidrs',
      `has ${sourceCidrs.length} networks, and one rule of the load balancer takes ${MAX_NETWORKS} beside a host`,
      `at most ${MAX_NETWORKS}`,
    ]);
  }
  if (healthCheck.timeoutSeconds >= healthCheck.intervalSeconds) {
    complaints.push([
      'healthCheck',
      'its health check takes longer than the pause between two',
      'a timeout below the interval',
    ]);
  }
  return complaints;
}

function sharedHostFindings(services: Blueprint['services']): Finding[] {
  const owners = new Map<string, string>();
  const findings: Finding[] = [];
  for (const [name, { hosts, apex }] of Object.entries(services)) {
    for (const host of [...hosts, ...(apex ? ['the apex'] : [])]) {
      const owner = owners.get(host);
      if (owner !== undefined) {
        findings.push({
          field: ['services', name, host === 'the apex' ? 'apex' : 'host'],
          message: `\`${host}\` already leads to \`${owner}\``,
          found: host,
          allowed: 'every host once',
        });
      }
      owners.set(host, owner ?? name);
    }
  }
  return findings;
}

function smokeFindings(services: Blueprint['services'], check: { service: string; index: number }): Finding[] {
  const service = services[check.service];
  if (service !== undefined && isOpen(service)) {
    return [];
  }
  const open = Object.keys(services).filter((name) => services[name] && isOpen(services[name]));
  return [
    {
      field: ['smoke', check.index, 'service'],
      message: service === undefined ? 'there is no such service' : whyClosed(service),
      found: check.service,
      allowed: open.join(', '),
    },
  ];
}

function isOpen({ expose, sourceCidrs, count }: BlueprintService): boolean {
  return expose === 'public' && sourceCidrs.length === 0 && count > 0;
}

function whyClosed({ expose, count }: BlueprintService): string {
  if (expose !== 'public') {
    return 'this service has no host to ask';
  }
  return count === 0
    ? 'this service has no tasks to answer'
    : 'this service answers only to its `sourceCidrs`, and Mayfly is not among them';
}
