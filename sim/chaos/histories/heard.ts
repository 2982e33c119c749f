import type { Delivery } from '../../github/webhooks/delivery.ts';

/** Numbers of pull requests of which a webhook was never taken: GitHub sends none twice by itself. */
export function pullsUnheard(deliveries: readonly Delivery[]): ReadonlySet<number> {
  const taken = new Set(deliveries.filter(isTaken).map(({ guid }) => guid));
  return new Set(deliveries.filter(({ guid }) => !taken.has(guid)).flatMap(pullOf));
}

/** Numbers of pull requests of which a webhook was not taken at once: taken later, others have overtaken it. */
export function pullsHeardLate(deliveries: readonly Delivery[]): ReadonlySet<number> {
  return new Set(deliveries.filter((delivery) => !isTaken(delivery)).flatMap(pullOf));
}

function isTaken({ statusCode }: Delivery): boolean {
  return statusCode >= 200 && statusCode < 300;
}

function pullOf({ event, request }: Delivery): number[] {
  if (event !== 'pull_request' && event !== 'issue_comment') {
    return [];
  }
  const { pull_request: pull, issue } = JSON.parse(request.body) as Record<string, { number: number } | undefined>;
  return [pull ?? issue].flatMap((about) => (about ? [about.number] : []));
}
