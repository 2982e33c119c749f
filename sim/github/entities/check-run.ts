export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckOutput {
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly text: string | undefined;
}

/** One per head SHA: GitHub makes it for the app on push, and every check run of that SHA belongs to it. */
export interface CheckSuite {
  readonly id: number;
  readonly headSha: string;
  readonly headBranch: string | undefined;
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  status: string;
  conclusion: string | undefined;
  detailsUrl: string | undefined;
  externalId: string | undefined;
  startedAt: Date | undefined;
  completedAt: Date | undefined;
  output: CheckOutput;
  actions: readonly CheckAction[];
}
