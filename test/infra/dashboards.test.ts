import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { ResourceKind } from '../../src/domain/resource.ts';
import { resourceName } from '../../src/domain/resource-name.ts';

const MODULE = new URL('../../infra/modules/monitoring/', import.meta.url);
const platform = 'nonprod';

/** The dashboard as somebody sees it who chose the environment: Terraform's variables and the dashboard's own replaced. */
async function dashboardOf(environment: string): Promise<string[]> {
  const template = await readFile(new URL('dashboards/environment.json.tftpl', MODULE), 'utf8');
  const rendered = template
    .replaceAll('${name}', platform)
    .replaceAll('${cluster}', 'main')
    .replaceAll('${load_balancer}', 'app/nonprod/50dc6c495c0c9188')
    .replaceAll('${region}', 'eu-west-1');
  const { variables, widgets } = JSON.parse(rendered) as { variables: { pattern: string }[]; widgets: object[] };
  const pattern = new RegExp(variables[0]?.pattern ?? '', 'g');
  return widgets.map((widget) => JSON.stringify(widget).replace(pattern, environment));
}

/** What a search in the widget asks of the dimension: `exact` when it stands in quotation marks. */
function termOf(widgets: readonly string[], dimension: string): { text: string; exact: boolean }[] {
  return widgets.flatMap((widget) =>
    [...widget.matchAll(new RegExp(`[ }]${dimension}=(?:\\\\"([^"\\\\]+)\\\\"|([^ \\\\"']+))`, 'g'))].map(
      ([, quoted, bare]) => ({ text: quoted ?? bare ?? '', exact: quoted !== undefined }),
    ),
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html#search-expression-syntax-tokenization */
function tokens(text: string): string[] {
  return (text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((token) => token.toLowerCase());
}

/** A term of several tokens finds the values in which they stand one after the other (the same page, partial matches). */
function finds({ text, exact }: { text: string; exact: boolean }, value: string): boolean {
  return exact ? text === value : ` ${tokens(value).join(' ')} `.includes(` ${tokens(text).join(' ')} `);
}

function named(environment: string, kind: ResourceKind, service?: string): string {
  return resourceName({ platform, environment: { name: environment }, kind, ...(service ? { service } : {}) });
}

const services = ['api', 'selfserve', 'pdf-converter', 'web-2'];

describe("the environments' dashboard", () => {
  it.each([
    {
      dimension: 'ServiceName',
      value: (environment: string, service: string) => named(environment, 'service', service),
    },
    {
      dimension: 'TargetGroup',
      value: (environment: string, service: string) =>
        `targetgroup/${named(environment, 'target-group', service)}/73e2d6bc24d8a067`,
    },
    {
      dimension: 'LogGroupName',
      value: (environment: string, service: string) => named(environment, 'log-group', service),
    },
  ])('finds what Mayfly made for the environment, and for no other, by $dimension', async ({ dimension, value }) => {
    const terms = termOf(await dashboardOf('pr-7'), dimension);
    expect(terms.length).toBeGreaterThan(0);
    for (const term of terms) {
      for (const service of services) {
        expect([service, finds(term, value('pr-7', service))]).toEqual([service, true]);
        expect([service, finds(term, value('pr-17', service))]).toEqual([service, false]);
        expect([service, finds(term, value('pr-71', service))]).toEqual([service, false]);
        expect([service, finds(term, value('vol-7', service))]).toEqual([service, false]);
      }
    }
  });

  it('finds an environment whose repository has no prefix of its own', async () => {
    const terms = termOf(await dashboardOf('pr-7-3f9c'), 'ServiceName');
    expect(terms.every((term) => finds(term, named('pr-7-3f9c', 'service', 'api')))).toBe(true);
  });

  it("names the clone's instance, and its load balancer and cluster in full", async () => {
    const widgets = await dashboardOf('pr-7');
    const instances = widgets.flatMap((widget) =>
      [...widget.matchAll(/"DBInstanceIdentifier","([^"]+)"/g)].map(([, id]) => id),
    );
    expect(new Set(instances)).toEqual(new Set([named('pr-7', 'clone-instance')]));
    expect(new Set(termOf(widgets, 'ClusterName').map(({ text }) => text))).toEqual(new Set(['main']));
    expect(termOf(widgets, 'LoadBalancer').every(({ exact }) => exact)).toBe(true);
  });

  it("reads the environment's log groups", async () => {
    const prefixes = (await dashboardOf('pr-7')).flatMap((widget) =>
      [...widget.matchAll(/namePrefix: \['([^']+)'\]/g)].map(([, prefix = '']) => prefix),
    );
    expect(prefixes).toHaveLength(1);
    expect(services.every((service) => named('pr-7', 'log-group', service).startsWith(prefixes[0] ?? '-'))).toBe(true);
    expect(named('pr-71', 'log-group', 'api').startsWith(prefixes[0] ?? '')).toBe(false);
  });
});

it('counts messages that Mayfly still logs', async () => {
  const filters = await readFile(new URL('log-filters.tf', MODULE), 'utf8');
  const messages = [...filters.matchAll(/\$\.msg = \\"([^"\\*]+)\*?\\"/g)].map(([, message = '']) => message);
  const sources = await Promise.all(
    [
      'store/look.ts',
      'store/jobs.ts',
      'store/tick.ts',
      'github/health.ts',
      'github/webhook-door.ts',
      'mayfly/sweeper.ts',
    ].map(async (file) => await readFile(new URL(`../../src/${file}`, import.meta.url), 'utf8')),
  );
  expect(messages.length).toBeGreaterThan(3);
  expect(messages.filter((message) => !sources.some((source) => source.includes(`'${message}`)))).toEqual([]);
});
