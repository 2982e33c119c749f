import type { Account } from '../entities/account.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { instant, nodeId } from './instant.ts';

const nodePrefixes = { User: 'U', Bot: 'BOT', Organization: 'O' };

/** A "simple user", as it stands in everything else. */
export function accountJson({ url }: World, account: Account): JsonObject {
  const self = `${url}/users/${encodeURIComponent(account.login)}`;
  const page = account.type === 'Bot' ? `apps/${account.login.replace('[bot]', '')}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(nodePrefixes[account.type], account.id),
    avatar_url: `${url}/avatars/${account.id}`,
    gravatar_id: '',
    url: self,
    html_url: `${url}/${page}`,
    followers_url: `${self}/followers`,
    following_url: `${self}/following{/other_user}`,
    gists_url: `${self}/gists{/gist_id}`,
    starred_url: `${self}/starred{/owner}{/repo}`,
    subscriptions_url: `${self}/subscriptions`,
    organizations_url: `${self}/orgs`,
    repos_url: `${self}/repos`,
    events_url: `${self}/events{/privacy}`,
    received_events_url: `${self}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** What `GET /users/{username}` tells everybody. */
export function publicAccountJson(world: World, account: Account): JsonObject {
  return {
    ...accountJson(world, account),
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: [...world.store.repositories.values()].filter((repository) => repository.owner === account).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: instant(account.createdAt),
    updated_at: instant(account.createdAt),
  };
}

/** What `GET /user` tells the person. */
export function privateAccountJson(world: World, account: Account): JsonObject {
  return {
    ...publicAccountJson(world, account),
    collaborators: 0,
    disk_usage: 0,
    owned_private_repos: 0,
    private_gists: 0,
    total_private_repos: 0,
    two_factor_authentication: true,
  };
}

/** Who wrote a commit, in git's terms. */
export function gitPerson(account: Account): { name: string; email: string } {
  return { name: account.login, email: `${account.id}+${account.login}@users.noreply.github.com` };
}

export function organisationJson({ url }: World, account: Account): JsonObject {
  const self = `${url}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('O', account.id),
    url: self,
    repos_url: `${self}/repos`,
    events_url: `${self}/events`,
    hooks_url: `${self}/hooks`,
    issues_url: `${self}/issues`,
    members_url: `${self}/members{/member}`,
    public_members_url: `${self}/public_members{/member}`,
    avatar_url: `${url}/avatars/${account.id}`,
    description: '',
  };
}
