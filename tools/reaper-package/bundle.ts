import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The file in the package; Lambda's handler setting, `reaper.handler`, names it. */
export const BUNDLE_FILE = 'reaper.js';

/**
 * The reaper and all it uses as one file of CommonJS, as a file without a `package.json` beside it is read. For Node 22,
 * the newest runtime that Terraform's provider knows.
 */
export async function bundleReaper(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/reaper.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    // The names of errors and functions in a log say where to look.
    keepNames: true,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  const [bundle] = outputFiles;
  if (!bundle) {
    throw new Error('esbuild wrote nothing');
  }
  return bundle.text;
}
