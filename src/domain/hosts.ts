import { MAX_LABEL_LENGTH } from './slug.ts';

export const DEFAULT_HOST_TEMPLATE = '{service}.{env}.{zone}';

/** Longest value of a host-header condition (Elastic Load Balancing API reference); shorter than DNS's own 255. */
const MAX_HOST_LENGTH = 128;

/** What is wrong with a host template; undefined when hosts can be made of it. `{prefix}` is another word for `{service}`. */
export function hostTemplateProblem(template: string): string | undefined {
  const placeholders = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
  const stranger = placeholders.find((name) => !['service', 'prefix', 'env', 'zone'].includes(name));
  if (stranger !== undefined) {
    return `\`{${stranger}}\` is unknown: use {service}, {env} and {zone}`;
  }
  if (!placeholders.includes('env') || !(placeholders.includes('service') || placeholders.includes('prefix'))) {
    return 'must contain {service} and {env}, or two services or environments would share a host';
  }
  if (!template.endsWith('.{zone}') || placeholders.filter((name) => name === 'zone').length > 1) {
    return 'must end in .{zone}, the only domain whose records may be written';
  }
  return hostProblem(renderHost(template, { prefix: 'a', environment: 'b-1', zone: 'example.com' }));
}

/** A host of an environment: `api.pr-7.ephemeral.example.gov.uk`. The template must have no problem. */
export function renderHost(template: string, of: { prefix: string; environment: string; zone: string }): string {
  return template
    .replace(/\{(service|prefix)\}/g, of.prefix)
    .replaceAll('{env}', of.environment)
    .replaceAll('{zone}', of.zone)
    .toLowerCase();
}

/** The environment's own domain, which a service marked `apex` answers at: `pr-7.ephemeral.example.gov.uk`. */
export function environmentDomain(environment: string, zone: string): string {
  return `${environment}.${zone}`.toLowerCase();
}

/**
 * What is wrong with a host; undefined when DNS (RFC 1035), a host-header condition and a certificate all take it: at
 * least one dot, labels of letters, digits and inner hyphens, the last of letters only, at most 128 characters.
 */
export function hostProblem(host: string): string | undefined {
  const labels = host.split('.');
  if (host.length > MAX_HOST_LENGTH) {
    return `\`${host}\` is ${host.length} characters long, and a load balancer takes ${MAX_HOST_LENGTH}`;
  }
  const long = labels.find((label) => label.length > MAX_LABEL_LENGTH);
  if (long !== undefined) {
    return `\`${long}\` is ${long.length} characters long, and DNS takes ${MAX_LABEL_LENGTH} between two dots`;
  }
  const legal = labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label));
  return legal && labels.length > 1 && /^[a-z]{2,}$/.test(labels.at(-1) ?? '')
    ? undefined
    : `\`${host}\` is not a host name: use lower case letters, digits and inner hyphens between the dots`;
}
