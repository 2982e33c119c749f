import { parseArgs } from 'node:util';
import { volPullRequests } from '../github/seeds/vol-story.ts';
import { numberOption } from '../number-option.ts';

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
  --speed N        simulated seconds for each real second while coming up, 1 to 60 (default 15)
  --pr N           which of the first users' pull requests is labelled (default 1721)
  --aws-endpoint URL
                   another AWS in place of the simulator, such as moto's server

  --help           this text

Ctrl-C ends it at any time, and leaves nothing running.
exit status: 0 the story went as it should, 1 it did not, 2 the command line cannot be understood,
             130 Ctrl-C came before the end of the story`;

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
    awsEndpoint: endpoint(values['aws-endpoint']),
    speed: numberOption('--speed', values.speed, { min: 1, max: 60 }),
    pullRequest: pullRequest(values.pr),
  };
}

function endpoint(text: string | undefined): string | undefined {
  if (text !== undefined && !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) {
    throw new Error(`--aws-endpoint takes an address such as http://127.0.0.1:5055, not ${text}`);
  }
  return text;
}

function pullRequest(text: string): number {
  const found = volPullRequests.find(({ number }) => String(number) === text);
  if (!found) {
    throw new Error(`--pr takes one of ${volPullRequests.map(({ number }) => number).join(', ')}, not ${text}`);
  }
  return found.number;
}
