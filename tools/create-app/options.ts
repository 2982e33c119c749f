import { parseArgs } from 'node:util';
import { portOption } from '../../sim/number-option.ts';

/** Where the credentials go. */
export type Target =
  | { readonly kind: 'env-file'; readonly path: string }
  | { readonly kind: 'secrets'; readonly prefix: string; readonly replace: boolean };

export interface CreateAppOptions {
  /** Where GitHub sends webhooks: Mayfly's own address, seen from GitHub. */
  readonly webhookUrl: string;
  /** Without a slash at the end. */
  readonly github: string;
  /** Undefined: the app is the person's who presses the button. */
  readonly organisation: string | undefined;
  /** In place of those in app.yml. */
  readonly name: string | undefined;
  readonly homepage: string | undefined;
  readonly target: Target;
  /** Of the page on 127.0.0.1; 0 takes any that is free. */
  readonly port: number;
}

export const USAGE = `npm run create-app -- --webhook-url URL [options]

  --webhook-url URL     where GitHub reaches Mayfly: https://mayfly.example.gov.uk/api/github/webhooks
  --organisation LOGIN  the organisation that is to own the app; without it, the app is yours
  --name NAME           in place of the name in app.yml; GitHub lets you change it on its page
  --homepage URL        in place of the page in app.yml
  --github URL          a GitHub Enterprise Server (default https://github.com)
  --file PATH       the file to write APP_ID, PRIVATE_KEY and WEBHOOK_SECRET to (default .env); it must not be there
  --secrets PREFIX      in place of a file: the secrets PREFIX/private-key and PREFIX/webhook-secret in AWS Secrets
                        Manager, which infra/modules/app makes; they must have no value yet
  --replace             lets --secrets put a new value over one that is there
  --port N              of the page on 127.0.0.1 (default: any that is free)
  --help                this text

Registers a GitHub App as app.yml describes it: press the button on the page that it shows, and GitHub's own button.
exit status: 0 the app is registered, 1 it is not, 2 the command line cannot be understood, 130 ended by Ctrl-C`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): CreateAppOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'webhook-url': { type: 'string' },
      organisation: { type: 'string' },
      name: { type: 'string' },
      homepage: { type: 'string' },
      github: { type: 'string', default: 'https://github.com' },
      file: { type: 'string' },
      secrets: { type: 'string' },
      replace: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
    },
  });
  const { organisation, homepage, name } = values;
  if (organisation !== undefined && !/^[\dA-Za-z](?:[\dA-Za-z-]*[\dA-Za-z])?$/.test(organisation)) {
    throw new Error(`--organisation: \`${organisation}\` is no login of GitHub's`);
  }
  return {
    webhookUrl: address('--webhook-url', values['webhook-url'] ?? ''),
    github: address('--github', values.github).replace(/\/+$/, ''),
    organisation,
    name,
    homepage: homepage === undefined ? undefined : address('--homepage', homepage),
    target: targetOf(values),
    port: portOption(values.port),
  };
}

function targetOf({
  file,
  secrets,
  replace,
}: {
  file?: string | undefined;
  secrets?: string | undefined;
  replace: boolean;
}): Target {
  if (secrets === undefined) {
    if (replace) {
      throw new Error('--replace: a file is never replaced; move the old one away');
    }
    return { kind: 'env-file', path: file ?? '.env' };
  }
  if (file !== undefined) {
    throw new Error('give --file or --secrets, not both');
  }
  if (!/^[\w+=.@-]+(?:\/[\w+=.@-]+)*$/.test(secrets)) {
    throw new Error(`--secrets: \`${secrets}\` is no beginning of a secret's name, such as nonprod-mayfly`);
  }
  return { kind: 'secrets', prefix: secrets, replace };
}

/** Secrets travel to these: only this machine is spoken to without TLS. */
function address(option: string, text: string): string {
  const url = URL.parse(text);
  const isLocal = url !== null && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    throw new Error(`${option}: give an https URL${text === '' ? '' : `, not \`${text}\``}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error(`${option}: a URL with a password in it ends up in logs`);
  }
  return url.href;
}
