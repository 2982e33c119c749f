import { readFile, writeFile } from 'node:fs/promises';

const EXAMPLE = new URL('../../examples/licensing/anonymise.yml', import.meta.url);

/** The simulated account's clusters have their databases on one server. */
const BESIDE = '\notherDatabases:\n  - { names: ["sim_*"], reason: of other clusters }\n';

/** The rules that the masking task finds in its image. */
export interface RuleFile {
  readonly path: string;
  /** Another text from now on; each change is to be found in the example once. */
  change(changes: Readonly<Record<string, string>>): Promise<void>;
}

export async function openRuleFile(path: string): Promise<RuleFile> {
  const example = `${await readFile(EXAMPLE, 'utf8')}${BESIDE}`;
  await writeFile(path, example);
  return {
    path,
    async change(changes) {
      const text = Object.entries(changes).reduce((rules, [from, to]) => {
        if (rules.split(from).length !== 2) {
          throw new Error(`the example's rules do not say once: ${from}`);
        }
        return rules.replace(from, () => to);
      }, example);
      await writeFile(path, text);
    },
  };
}
