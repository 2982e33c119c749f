import { parseArgs } from 'node:util';

/** The two emulators: ours, and moto, which nobody here wrote. */
export const EMULATORS = ['sim', 'moto'] as const;
export type EmulatorName = (typeof EMULATORS)[number];

export interface EndToEndOptions {
  readonly emulators: readonly EmulatorName[];
  /** Besides everything else, two environments by the workspaces' script, and Mayfly's wall time beside the script's. */
  readonly workspaces: boolean;
}

export const USAGE = `npm run infra:e2e -- [--workspaces] [--only sim|moto]

Applies infra/live/nonprod with Terraform's own AWS provider to sim/aws and to moto, plans again, has Mayfly read the
platform document and make and remove an environment on what was built, and destroys it all. Ends with one line of JSON.

  --workspaces   also make two environments with \`npm run environment\`, remove one, look at the other, and
                 print how long one takes beside one of Mayfly's
  --only NAME    one emulator in place of both
  --help         this text

It needs terraform, and moto_server for moto. TF_PLUGIN_DIR names the directory that holds registry.terraform.io, where
the provider is not to come from the registry. Nothing is called but servers on 127.0.0.1.
exit status: 0 all of it held, 1 something did not, 2 the command line cannot be understood, 130 Ctrl-C`;

/** Throws with a sentence for a person when the command line cannot be understood. */
export function parseOptions(args: readonly string[]): EndToEndOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { workspaces: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  const only = EMULATORS.find((name) => name === values.only);
  if (values.only !== undefined && !only) {
    throw new Error(`--only takes ${EMULATORS.join(' or ')}, not ${values.only}`);
  }
  return { emulators: only ? [only] : EMULATORS, workspaces: values.workspaces };
}
