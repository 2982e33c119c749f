/** Where a GitHub takes manifests. The state comes back with the code, and shows that this very page was asked for. */
export function registrationUrl({
  github,
  organisation,
  state,
}: {
  github: string;
  organisation: string | undefined;
  state: string;
}): string {
  const owner = organisation === undefined ? '' : `/organizations/${organisation}`;
  return `${github}${owner}/settings/apps/new?state=${encodeURIComponent(state)}`;
}

/** The REST API of a GitHub Enterprise Server is below its own address; that of github.com is not. */
export function apiUrl(github: string): string {
  return github === 'https://github.com' ? 'https://api.github.com' : `${github}/api/v3`;
}
