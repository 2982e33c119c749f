import type { ImageOrigin } from '../../domain/resource.ts';
import type { EnvironmentReport, ServiceReport } from '../../reconcile/reporter.ts';
import { code, link, prose, table } from './markdown.ts';

function originOf(origin: ImageOrigin, baseRef: string): string {
  switch (origin) {
    case 'head':
      return 'built from this pull request';
    case 'base':
      return `${prose(baseRef)}, untouched here`;
    case 'external':
      return 'as the blueprint names it';
  }
}

/** The services with their addresses and images; those that do not answer say so in place of the address. */
export function serviceTable(report: EnvironmentReport): string {
  const main = mainService(report.services);
  return table(
    ['Service', '', 'Image'],
    report.services.map((service) => [
      service === main ? `**${prose(service.name)}**` : prose(service.name),
      addressOf(service, report.servedSha !== null),
      service.image ? `${code(service.image.tag)} ${originOf(service.image.origin, report.baseRef)}` : '—',
    ]),
  );
}

/** While a new commit comes up, the one before it still answers. */
function addressOf({ state, urls }: ServiceReport, served: boolean): string {
  const links = urls.length === 0 ? 'inside only' : urls.map(link).join('<br>');
  switch (state) {
    case 'ready':
      return links;
    case 'failing':
      return '🔴 not answering';
    case 'starting':
    case 'waiting':
      return served ? `${links} · updating` : 'not up yet';
  }
}

/** The first one that people can open. */
export function mainService(services: readonly ServiceReport[]): ServiceReport | undefined {
  return services.find(({ urls }) => urls.length > 0);
}

/** Where people go when it is ready. */
export function mainUrl({ services }: EnvironmentReport): string | undefined {
  return mainService(services)?.urls[0];
}
