import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { interruption } from '../sim/interruption.ts';
import { runProgram } from '../sim/program.ts';
import { type Credentials, convert } from './create-app/conversion.ts';
import { createEnvFileKeeper } from './create-app/env-file.ts';
import { apiUrl, registrationUrl } from './create-app/github-addresses.ts';
import type { Keeper } from './create-app/keeper.ts';
import { startLoopback } from './create-app/loopback.ts';
import { manifestOf } from './create-app/manifest.ts';
import { type CreateAppOptions, parseOptions, USAGE } from './create-app/options.ts';
import { buttonPage, successPage } from './create-app/pages.ts';
import { createSecretsKeeper } from './create-app/secrets.ts';

const APP_YML = new URL('../app.yml', import.meta.url);

function keeperOf({ target, github }: CreateAppOptions): Keeper {
  return target.kind === 'secrets'
    ? createSecretsKeeper(new SecretsManagerClient({}), target)
    : createEnvFileKeeper(target.path, {
        githubApiUrl: github === 'https://github.com' ? undefined : apiUrl(github),
      });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** From here on the app exists on GitHub, whatever becomes of its credentials. */
async function keep(credentials: Credentials, keeper: Keeper): Promise<string> {
  const installUrl = `${credentials.page}/installations/new`;
  try {
    say(`The app ${credentials.page} is registered; its id is ${credentials.appId}.`);
    say(await keeper.keep(credentials));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `its credentials could not be kept: ${reason}. Delete the app on its settings page, and start again`,
    );
  }
  say(`Install it on the repositories that are to have environments: ${installUrl}`);
  return await successPage({ installUrl });
}

async function main(options: CreateAppOptions): Promise<number> {
  const { github, organisation, webhookUrl, name, homepage, port } = options;
  const interrupted = interruption();
  const keeper = keeperOf(options);
  await keeper.check();
  const appYml = await readFile(APP_YML, 'utf8');
  const state = randomBytes(32).toString('base64url');
  const action = registrationUrl({ github, organisation, state });
  const loopback = await startLoopback({
    port,
    state,
    begin: async (redirectUrl) =>
      await buttonPage({ action, manifest: manifestOf(appYml, { webhookUrl, redirectUrl, name, homepage }) }),
    finish: async (code) => await keep(await convert(code, { api: apiUrl(github), fetch: globalThis.fetch }), keeper),
  });
  try {
    say(`Open ${loopback.url} in a browser on this machine, and press the button. Ctrl-C ends this.`);
    const accepted = await Promise.race([loopback.accepted, interrupted]);
    if (accepted === undefined) {
      say(
        'Nothing was kept. An app that you have registered on GitHub meanwhile is there, and is to be deleted there.',
      );
      return 130;
    }
    await accepted.outcome;
    return 0;
  } finally {
    await loopback.close();
  }
}

await runProgram({ usage: USAGE, parse: parseOptions, main });
