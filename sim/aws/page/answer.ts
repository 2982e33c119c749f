import type { World } from '../world.ts';
import { everythingIn } from './inventories.ts';
import { renderPage } from './render.ts';

export interface PageResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `/_sim` for people, `/_sim/resources` for programs; undefined for any other path. */
export function answerPage(world: World, url: string): PageResponse | undefined {
  const { pathname } = new URL(url, 'http://sim.invalid');
  switch (pathname.replace(/\/$/, '')) {
    case '/_sim':
      return {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
        body: renderPage(world, everythingIn(world)),
      };
    case '/_sim/resources':
      return {
        status: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(
          {
            accountId: world.accountId,
            region: world.region,
            now: world.clock.now().toISOString(),
            resources: everythingIn(world),
          },
          undefined,
          2,
        ),
      };
    default:
      return undefined;
  }
}
