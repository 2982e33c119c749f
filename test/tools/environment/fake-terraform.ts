import { TerraformFailed } from '../../../tools/environment/refusal.ts';
import type { Terraform } from '../../../tools/environment/terraform.ts';

export interface FakeTerraform {
  readonly terraform: Terraform;
  /** Workspaces and what stands in them. */
  readonly states: Map<string, Set<string>>;
  /** The next command that changes anything ends with an error after this many resources. */
  breakAfter(resources: number): void;
  /** The outputs of a workspace are lost, as when an apply ends before its last step. */
  forget(workspace: string): void;
  setVariables(variables: Readonly<Record<string, unknown>>): void;
  /** Those of the last command. */
  variables(): Readonly<Record<string, unknown>>;
  /** What a var file said, of which this fake reads none. */
  setConfiguration(workspace: string, configuration: Readonly<Record<string, unknown>>): void;
}

/** Terraform as far as workspaces go: states that are made, emptied, and deleted only when they are empty. */
export function createFakeTerraform(wanted: readonly string[]): FakeTerraform {
  const states = new Map<string, Set<string>>();
  const outputs = new Map<string, Readonly<Record<string, unknown>>>();
  const applied = new Map<string, string>();
  let variables: Readonly<Record<string, unknown>> = {};
  let selected = 'default';
  let broken: number | undefined;

  function stateOf(workspace: string): Set<string> {
    const state = states.get(workspace);
    if (!state) {
      throw new TerraformFailed(`Workspace "${workspace}" doesn't exist.`);
    }
    return state;
  }

  function change(addresses: readonly string[], one: (address: string) => void): void {
    const reached = broken ?? addresses.length;
    broken = undefined;
    addresses.slice(0, reached).forEach(one);
    if (reached < addresses.length) {
      throw new TerraformFailed('terraform apply ended with 1.');
    }
  }

  function apply(workspace: string, isDestroy: boolean): string {
    const state = stateOf(workspace);
    if (isDestroy) {
      change([...state], (address) => state.delete(address));
      return '';
    }
    change(missing(state), (address) => state.add(address));
    const { branch, commit, repository, created_at: createdAt, expires_at: expiresAt } = variables;
    const pullRequest = variables['pull_request'];
    applied.set(workspace, JSON.stringify(variables));
    outputs.set(workspace, {
      environment: { value: { branch, commit, repository, createdAt, expiresAt, pullRequest } },
      configuration: { value: { services: variables['services'] } },
      urls: { value: { web: `https://web.${workspace}.ephemeral.example.gov.uk` } },
    });
    return '';
  }

  /** Other variables are other tags, on everything. */
  function planned(workspace: string): { address: string; actions: string[] }[] {
    const state = stateOf(workspace);
    const isOutdated = applied.get(workspace) !== JSON.stringify(variables);
    return wanted.flatMap((address) => {
      if (!state.has(address)) {
        return [{ address, actions: ['create'] }];
      }
      return [{ address, actions: isOutdated ? ['update'] : ['no-op'] }];
    });
  }

  function missing(state: ReadonlySet<string>): string[] {
    return wanted.filter((address) => !state.has(address));
  }

  function ofWorkspaces(verb: string, name: string): string {
    if (verb === 'list') {
      return ['default', ...states.keys()].map((one) => `${one === selected ? '* ' : '  '}${one}`).join('\n');
    }
    if (verb === 'new') {
      states.set(name, new Set());
      selected = name;
    }
    if (verb === 'select') {
      selected = name;
    }
    if (verb === 'delete') {
      if (name === selected || stateOf(name).size > 0) {
        throw new TerraformFailed('terraform workspace ended with 1.');
      }
      states.delete(name);
      outputs.delete(name);
    }
    return '';
  }

  return {
    states,
    breakAfter(resources) {
      broken = resources;
    },
    forget(workspace) {
      outputs.delete(workspace);
    },
    setVariables(given) {
      variables = given;
    },
    variables: () => variables,
    setConfiguration(workspace, value) {
      outputs.set(workspace, { ...outputs.get(workspace), configuration: { value } });
    },
    terraform: async (args, { workspace = selected } = {}) => {
      const [command = '', verb = ''] = args;
      switch (command) {
        case 'workspace':
          return ofWorkspaces(verb, args.at(-1) ?? '');
        case 'state':
          return JSON.stringify({
            outputs: outputs.get(workspace),
            resources: [...stateOf(workspace)].map(() => ({ mode: 'managed', instances: [{}] })),
          });
        case 'show':
          return JSON.stringify({
            resource_changes: planned(workspace).map(({ address, actions }) => ({
              address,
              type: address.split('.')[0],
              change: { actions },
            })),
          });
        case 'apply':
          return apply(workspace, args.includes('-destroy'));
        default:
          return '';
      }
    },
  };
}
