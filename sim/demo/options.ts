import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Ends after the story; otherwise the local cloud stays up to be looked at. */
  readonly exit: boolean;
  /** One JSON document on stdout; progress goes to stderr in any case. */
  readonly json: boolean;
  /** Another AWS: moto's server. */
  readonly awsEndpoint: string | undefined;
  /** Simulated seconds for each real one, while an environment comes up. */
  readonly speed: number;
  /** Which of the first users' pull requests. */
  readonly pullRequest: number;
}

export const USAGE = `npm run demo -- [--exit] [--json] [--speed N] [--pr N] [--aws-endpoint URL]

  --exit           end after the story, instead of leaving the local cloud up
  --json           one JSON document on stdout, progress on stderr
  --speed N        simulated seconds for each real second while coming up (default 15)
  --pr N           the pull request to label (default 1721)
  --aws-endpoint   another AWS in place of the simulator, such as moto's server

exit status: 0 the story went as it should, 1 it did not, 2 the command line cannot be understood`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      exit: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      speed: { type: 'string', default: '15' },
      pr: { type: 'string', default: '1721' },
      'aws-endpoint': { type: 'string' },
    },
  });
  return {
    exit: values.exit,
    json: values.json,
    awsEndpoint: values['aws-endpoint'],
    speed: positive('--speed', values.speed),
    pullRequest: positive('--pr', values.pr),
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0 && number < 100_000)) {
    throw new Error(`${name} takes a number above 0, not ${text}`);
  }
  return number;
}
