import type { EnvironmentIdentity, EnvironmentOwner } from '../domain/environment.ts';
import type { OutputsOf, ResourceKind, SpecOf } from '../domain/resource.ts';

/** One resource as it is wanted. */
export interface Desired<K extends ResourceKind> {
  readonly environment: EnvironmentIdentity;
  /** Unique in the environment: `target-group/api`. */
  readonly key: string;
  readonly kind: K;
  /** The physical name: a pure function of platform, environment, kind and service, so that a retried create meets its own first attempt. */
  readonly name: string;
  readonly spec: SpecOf<K>;
  /** Every tag the resource must carry from its first moment. */
  readonly tags: Readonly<Record<string, string>>;
  /** What was known of it when it was last looked at; undefined the first time. Never proof of anything. */
  readonly recorded: Partial<OutputsOf<K>> | undefined;
}

/** What there is of a resource, as the service itself says. */
export type Observation<K extends ResourceKind> =
  | { readonly state: 'absent' }
  /** There and not as wanted: `ensure` has something to do. `drift` names what differs, for the log. */
  | { readonly state: 'drifted'; readonly outputs: Partial<OutputsOf<K>>; readonly drift: readonly string[] }
  /**
   * On its way by itself: look again after about `requeueAfterSeconds`, and never before `notBeforeSeconds`, which is for
   * calls that are scarce. `waitingFor` is a phrase for people.
   */
  | {
      readonly state: 'pending';
      readonly outputs: Partial<OutputsOf<K>>;
      readonly waitingFor: string;
      readonly requeueAfterSeconds: number;
      readonly notBeforeSeconds?: number;
    }
  | { readonly state: 'ready'; readonly outputs: OutputsOf<K> };

/** One resource that is to go. Everything but the name may be missing: a record can be lost. */
export interface Released<K extends ResourceKind = ResourceKind> {
  readonly environment: EnvironmentOwner;
  readonly key: string;
  readonly kind: K;
  readonly name: string;
  /** As last asked for and last known. */
  readonly spec: SpecOf<K> | undefined;
  readonly recorded: Partial<OutputsOf<K>> | undefined;
}

export type Release =
  /** The service said that there is no such thing. Any other failure is thrown, never answered with this. */
  | { readonly state: 'absent' }
  /** Being deleted: look again. `underWay` once the service has accepted the deletion, which is enough for some dependents. */
  | {
      readonly state: 'releasing';
      readonly underWay: boolean;
      readonly waitingFor: string;
      readonly requeueAfterSeconds: number;
    };

/**
 * Knows one kind of resource. Each method does its calls and returns; none waits for AWS. All may be called any number
 * of times, by a process that died half way through the last call.
 *
 * They throw `TransientError` for what a retry may heal and `TerminalError` for what somebody must change; an error of
 * the SDK never leaves an implementation unclassified.
 */
export interface Provisioner<K extends ResourceKind> {
  readonly kind: K;
  /** Looks, and changes nothing. */
  observe(desired: Desired<K>): Promise<Observation<K>>;
  /**
   * Takes the next step towards `desired`: called only when it was observed absent or drifted, and only after the
   * intent was read again. A resource of that name whose tags do not prove it ours and of this environment is left
   * alone: `TerminalError` with reason `NameTaken`.
   */
  ensure(desired: Desired<K>, observed: Observation<K>): Promise<Observation<K>>;
  /**
   * Takes the next step of its deletion. Nothing is deleted whose tags do not prove it ours and of this environment:
   * such a thing is reported with `TerminalError` and reason `NotOurs`.
   */
  release(released: Released<K>): Promise<Release>;
}

export type Provisioners = { readonly [K in ResourceKind]: Provisioner<K> };
