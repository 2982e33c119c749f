/** What Octokit and its plugins log to. */
export interface OctokitLog {
  debug(...said: unknown[]): void;
  info(...said: unknown[]): void;
  warn(...said: unknown[]): void;
  error(...said: unknown[]): void;
}

/**
 * The same log, of which only sentences are kept: Probot's plugin hangs the body of each request on its line, whole
 * comments with what people wrote and all, and another one the error with the request.
 */
export function sentencesOnly(log: OctokitLog): OctokitLog {
  const say =
    (level: keyof OctokitLog) =>
    (...said: unknown[]): void => {
      const sentence = said.find((each) => typeof each === 'string');
      if (sentence !== undefined) {
        log[level](sentence);
      }
    };
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}
