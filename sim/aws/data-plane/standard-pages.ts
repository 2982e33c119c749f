import type { DataPlaneResponse } from './exchange.ts';

const TITLES = {
  301: 'Moved Permanently',
  302: 'Found',
  401: 'Authorization Required',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
} as const;

/** The page an application load balancer writes itself. */
export function standardPage(status: keyof typeof TITLES, headers: Record<string, string> = {}): DataPlaneResponse {
  const title = `${status} ${TITLES[status]}`;
  return {
    status,
    headers: { server: 'awselb/2.0', 'content-type': 'text/html', ...headers },
    body: [
      '<html>',
      `<head><title>${title}</title></head>`,
      '<body>',
      `<center><h1>${title}</h1></center>`,
      '</body>',
      '</html>',
      '',
    ].join('\r\n'),
  };
}
