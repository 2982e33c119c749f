/** Why an environment is to go, as the comment says it. */
export type ReleaseReason = 'merged' | 'closed' | 'unlabelled' | 'expired' | 'asked' | 'moved';

/**
 * What is wanted of one environment. A webhook only ever writes this; the reconciler makes the world agree with it.
 * `generation` grows with every change, so that a pass that began before a change can tell.
 */
export interface Intent {
  readonly state: 'present' | 'absent';
  readonly generation: number;
  /** The commit to serve: forty hexadecimal digits. */
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  /** Absolute: set when it gets its slot, moved only by an explicit extend. Before that, how long it may wait for one. */
  readonly expiresAt: Date;
  /** How long it is to live from when it gets its slot. */
  readonly lifeSeconds: number;
  /** Grows when somebody asks to deploy the same commit again. */
  readonly redeploys: number;
  /** Grows when somebody asks for a fresh clone of the database. */
  readonly databaseResets: number;
  /** The login of the person who asked for it first. */
  readonly owner: string;
  /** The login of whoever opened the pull request. */
  readonly author: string;
  readonly authorIsBot: boolean;
  readonly draft: boolean;
  /** The head is in another repository: such a commit never runs without approval. */
  readonly fromFork: boolean;
  /** The bot, none of those that are obeyed, whose push made this commit the head; null when it was no bot's. */
  readonly pushedByBot: string | null;
  /** The pull request's title, as it stood when it was last heard of; data, never markup. */
  readonly title: string;
  /** Set while `state` is `absent`. */
  readonly releaseReason: ReleaseReason | null;
}
