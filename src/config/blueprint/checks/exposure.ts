import type { Blueprint, BlueprintService } from '../blueprint.ts';
import type { Finding } from '../finding.ts';

/** Condition values of one rule (Elastic Load Balancing quotas): hosts and networks of a service together. */
const MAX_RULE_VALUES = 5;

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

function ruleComplaints({ hosts, apex, sourceCidrs, healthCheck }: BlueprintService): Complaint[] {
  const complaints: Complaint[] = [];
  const values = hosts.length + (apex ? 1 : 0) + sourceCidrs.length;
  if (values > MAX_RULE_VALUES) {
    complaints.push([
      hosts.length > 1 ? 'hosts' : 'sourceCidrs',
      `has ${values} hosts and networks, and one rule of the load balancer takes ${MAX_RULE_VALUES} in all`,
      `at most ${MAX_RULE_VALUES}`,
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
  if (service !== undefined && service.expose === 'public') {
    return [];
  }
  const open = Object.keys(services).filter((name) => services[name]?.expose === 'public');
  return [
    {
      field: ['smoke', check.index, 'service'],
      message: service === undefined ? 'there is no such service' : 'this service has no host to ask',
      found: check.service,
      allowed: open.join(', '),
    },
  ];
}
