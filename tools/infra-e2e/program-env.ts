import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../sim/local/credentials.ts';

/**
 * What a program is told of the world that is to see the emulator at `url` and nothing of whoever runs this but how programs
 * are found: no profile, no account of theirs.
 */
export function programEnv(
  { PATH, HOME, TMPDIR }: NodeJS.ProcessEnv,
  { url, pluginDirectory }: { url: string; pluginDirectory: string | undefined },
): NodeJS.ProcessEnv {
  return {
    PATH,
    HOME,
    TMPDIR,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    ...(pluginDirectory === undefined ? {} : { TF_PLUGIN_DIR: pluginDirectory }),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: LOCAL_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
