import type { ImageOrigin } from '../../domain/resource.ts';
import type { EnvironmentReport, ServiceReport } from '../../reconcile/reporter.ts';
import { code, link, prose, table } from './markdown.ts';
import { shortSha } from './words.ts';

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
      addressOf(service, report),
      service.image ? `${code(service.image.tag)} ${originOf(service.image.origin, report.baseRef)}` : '—',
    ]),
  );
}

/**
 * While a new commit comes up, the one before it still answers; and when the new one does not start, ECS goes back to
 * the one before it.
 */
function addressOf({ state, urls }: ServiceReport, { phase, servedSha, headSha }: EnvironmentReport): string {
  const links = urls.length === 0 ? 'inside only' : urls.map(link).join('<br>');
  const former = servedSha === null || servedSha === headSha ? null : `still ${code(shortSha(servedSha))}`;
  switch (state) {
    case 'ready':
      return links;
    case 'failing':
      return former ? `${links} · 🔴 ${former}` : '🔴 not answering';
    case 'starting':
    case 'waiting':
      if (servedSha === null) {
        return 'not up yet';
      }
      return `${links} · ${(phase === 'failing' && former) || 'updating'}`;
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
