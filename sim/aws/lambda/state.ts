import type {
  DestinationConfig,
  FunctionConfiguration,
  RecursiveLoop,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Tags } from '../tag-index.ts';

/** What a caller sets of a function beside its code; defaults are applied when it is shown. */
export type Settings = Omit<UpdateFunctionConfigurationRequest, 'FunctionName' | 'RevisionId'> & {
  readonly Architectures?: FunctionConfiguration['Architectures'];
};

export interface Code {
  readonly zip: Buffer;
  /** SHA-256, in base64. */
  readonly sha256: string;
}

/** How often a failed event is tried again, for how long, and where it goes then. */
export interface EventInvokeConfig {
  readonly modifiedAt: Date;
  readonly mostRetries: number | undefined;
  readonly mostAgeSeconds: number | undefined;
  readonly destinations: DestinationConfig | undefined;
}

/** One time a function was called, or should have been. */
export interface Invocation {
  readonly at: Date;
  readonly requestId: string;
  readonly type: 'RequestResponse' | 'Event' | 'DryRun';
  readonly payload: string;
  /** Counts from 1; above it for an event that is tried again. */
  readonly attempt: number;
  /** `ok`, `failed`, or why nothing ran. */
  outcome: string;
}

/** A published version; nothing of it changes any more. */
export interface Version {
  readonly number: string;
  readonly publishedAt: Date;
  readonly settings: Settings;
  readonly code: Code;
  readonly description: string | undefined;
}

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  settings: Settings;
  code: Code;
  modifiedAt: Date;
  revisionId: string;
  state: 'Pending' | 'Active';
  lastUpdate: 'InProgress' | 'Successful';
  readonly versions: Version[];
  versionsMade: number;
  /** Statements of its policy by qualifier (`$LATEST`) and then by id. */
  readonly permissions: Map<string, Map<string, object>>;
  /** By qualifier. */
  readonly eventInvoke: Map<string, EventInvokeConfig>;
  reservedConcurrency: number | undefined;
  recursiveLoop: RecursiveLoop;
  tags: Tags;
  /** The newest ones, oldest first. */
  invocations: readonly Invocation[];
}

/** What the host of the simulator is handed. It answers as the function would, or throws as the function would. */
export interface Invoked {
  readonly functionName: string;
  readonly functionArn: string;
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  readonly environment: Readonly<Record<string, string>>;
}

export type InvokeHandler = (invoked: Invoked) => Promise<unknown>;

/** Everything Lambda holds in this account. */
export interface LambdaState {
  readonly functions: Map<string, LambdaFunction>;
  /** Runs functions. The simulator has no code of its own to run: without a handler every invocation is refused. */
  onInvoke: InvokeHandler | undefined;
  /**
   * Takes an event for a function from another service. False when there is no such function, or nothing to run it.
   * Lambda sets this itself: SNS hands it events, and it hands failed ones to SNS.
   */
  accept: (functionArn: string, payload: string) => boolean;
}

export function createLambdaState(): LambdaState {
  return { functions: new Map(), onInvoke: undefined, accept: () => false };
}
