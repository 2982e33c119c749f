/** `owner/name` as Octokit's calls take it. Throws RangeError for anything else. */
export function ownerAndRepo(repository: string): { owner: string; repo: string } {
  const [owner, repo, ...rest] = repository.split('/');
  if (!owner || !repo || rest.length > 0) {
    throw new RangeError(`${JSON.stringify(repository)} is not a repository's full name`);
  }
  return { owner, repo };
}
