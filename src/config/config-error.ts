export interface ConfigProblem {
  /** A variable, or a field of a document: `loadBalancer.listeners.0.port`. */
  readonly name: string;
  /** What is wrong and what is allowed; never a secret's value. */
  readonly problem: string;
}

/** Everything that is wrong with one source of configuration, together, so that it is mended in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(source: string, problems: readonly ConfigProblem[]) {
    super([`${source} cannot be used:`, ...problems.map(({ name, problem }) => `  ${name}: ${problem}`)].join('\n'));
    this.problems = problems;
  }
}
