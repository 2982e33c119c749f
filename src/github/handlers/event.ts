import type { PullRequestRef } from '../../domain/environment.ts';

/** What every payload carries that a handler acts on. */
export interface EventPayload {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository: { readonly full_name: string };
  /** Missing from a few events that GitHub sends by itself. */
  readonly sender?: { readonly login: string; readonly type?: string } | undefined;
}

/** What an intake wants to know of any event about a pull request. */
export interface EventFacts {
  readonly deliveryId: string;
  readonly installationId: number;
  readonly pullRequest: PullRequestRef;
  readonly actor: string;
}

/** Undefined for an event that reaches the app by another way than an installation: there is nothing it could do with it. */
export function factsOf(
  context: { readonly id: string; readonly payload: EventPayload },
  number: number,
): EventFacts | undefined {
  const { installation, repository, sender } = context.payload;
  return (
    installation && {
      deliveryId: context.id,
      installationId: installation.id,
      pullRequest: { repository: repository.full_name, number },
      actor: sender?.login ?? 'github',
    }
  );
}

/**
 * Runs a handler so that nothing it throws is read outside: Probot puts the message of an error into its answer. GitHub
 * sees that the delivery failed and keeps it for redelivery; the log has the cause.
 */
export function guarded<C>(handler: (context: C) => Promise<void>): (context: C) => Promise<void> {
  return async (context) => {
    try {
      await handler(context);
    } catch (error) {
      throw new Error('the event was not taken in; it can be delivered again', { cause: error });
    }
  };
}
