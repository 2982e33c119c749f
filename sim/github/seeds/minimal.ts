import type { Installation } from '../entities/installation.ts';
import type { GitHubSimulator } from '../server.ts';

export interface MinimalSeed {
  /** `owner/name` */
  readonly repository: string;
  readonly installation: Installation;
  /** Logins: write permission, admin, and none beyond reading. */
  readonly people: { readonly developer: string; readonly owner: string; readonly outsider: string };
  /** Of the one open pull request, from `branch` into `main`. */
  readonly number: number;
  readonly branch: string;
}

/** One small repository with one open pull request that changes `app/`, and the app installed last. */
export function seedMinimal(
  simulator: GitHubSimulator,
  {
    blueprint = 'version: 1\n',
    label = 'ephemeral',
    owner = 'acme',
    name = 'shop',
    isPrivate = false,
  }: { blueprint?: string; label?: string; owner?: string; name?: string; isPrivate?: boolean } = {},
): MinimalSeed {
  const { founding, actions } = simulator;
  const people = { developer: 'shop-developer', owner: 'shop-owner', outsider: 'shop-outsider' };
  founding.addOrganisation(owner);
  for (const login of Object.values(people)) {
    founding.addUser(login);
  }
  const repository = `${owner}/${name}`;
  const shop = founding.addRepository({
    owner,
    name,
    isPrivate,
    files: { 'README.md': `# ${name}\n`, 'app/index.js': 'serve()\n', '.github/ephemeral.yml': blueprint },
    collaborators: { [people.owner]: 'admin', [people.developer]: 'write' },
  });
  founding.addLabel(shop, { name: label, color: '1d76db' });
  founding.addWorkflow(shop, { path: '.github/workflows/build.yaml', name: 'Build', inputs: ['sha'] });
  const place = { repository, actor: people.developer };
  const branch = 'feature/checkout';
  actions.push({ ...place, ref: branch, message: 'feat: checkout', files: { 'app/checkout.js': 'pay()\n' } });
  const { number } = actions.openPullRequest({ ...place, head: branch, title: 'feat: checkout', body: 'Pays.' });
  const installation = actions.installApp({ actor: people.owner, account: owner });
  return { repository, installation, people, number, branch };
}
