import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Keeper } from './keeper.ts';

/** A new file that its owner alone may read. `githubApiUrl`: of another GitHub than github.com. */
export function createEnvFileKeeper(path: string, { githubApiUrl }: { githubApiUrl: string | undefined }): Keeper {
  return {
    async check() {
      await access(dirname(path), constants.W_OK).catch(() => {
        throw new Error(`${dirname(path)} is no folder that you can write to: name another with --file`);
      });
      const isThere = await access(path).then(
        () => true,
        () => false,
      );
      if (isThere) {
        throw new Error(`${path} is there already, and is not overwritten: move it away, or name another with --file`);
      }
    },
    async keep({ appId, privateKey, webhookSecret }) {
      const lines = [
        `APP_ID=${appId}`,
        // In base64, which every reader of such files takes for one value.
        `PRIVATE_KEY=${Buffer.from(privateKey).toString('base64')}`,
        `WEBHOOK_SECRET=${webhookSecret}`,
        ...(githubApiUrl === undefined ? [] : [`GITHUB_API_URL=${githubApiUrl}`]),
      ];
      await writeFile(path, `${lines.join('\n')}\n`, { flag: 'wx', mode: 0o600 });
      return `${path} holds its credentials; nobody but you can read it.`;
    },
  };
}
