import type { RedirectActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Listener } from '../elbv2/state.ts';
import { hostNameOf } from './condition-match.ts';
import type { DataPlaneRequest, DataPlaneResponse } from './exchange.ts';
import { standardPage } from './standard-pages.ts';

/** Fills the placeholders `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`; the port is always written out. */
export function redirect(
  config: RedirectActionConfig,
  listener: Listener,
  request: DataPlaneRequest,
): DataPlaneResponse {
  const { pathname, search } = new URL(`http://host.invalid${request.path}`);
  const values: Readonly<Record<string, string>> = {
    protocol: listener.protocol.toLowerCase(),
    host: hostNameOf(request.host),
    port: String(listener.port),
    path: pathname.slice(1),
    query: search.slice(1),
  };
  const fill = (template = ''): string =>
    template.replace(/#\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const query = fill(config.Query);
  const authority = `${fill(config.Protocol).toLowerCase()}://${fill(config.Host)}:${fill(config.Port)}`;
  const location = `${authority}${fill(config.Path)}${query === '' ? '' : `?${query}`}`;
  return standardPage(config.StatusCode === 'HTTP_301' ? 301 : 302, { location });
}
