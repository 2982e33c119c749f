/** `v1.2.3`, or `v1.2.3-rc.1` (https://semver.org). */
const TAG = /^v(\d+\.\d+\.\d+(?:-[\w.]+)?)$/;

/**
 * What the changelog says of the version that a tag names. Throws, with a sentence for whoever tagged, unless the tag is
 * `v` and a version, the package has that version, and the changelog has a dated section of it that says something.
 */
export function notesOf(tag: string, { version, changelog }: { version: string; changelog: string }): string {
  const tagged = TAG.exec(tag)?.[1];
  if (tagged === undefined) {
    throw new Error(`the tag ${tag} is not \`v\` and a version, such as v1.2.3`);
  }
  if (tagged !== version) {
    throw new Error(`the tag is of version ${tagged}, and package.json says ${version}: set it before you tag`);
  }
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((each) => each.startsWith(`## [${version}] - `));
  if (section === undefined) {
    throw new Error(`CHANGELOG.md has no section "## [${version}] - <date>": move what is unreleased there`);
  }
  const notes = section.split('\n').slice(1).join('\n').trim();
  if (notes === '') {
    throw new Error(`CHANGELOG.md says nothing of ${version}`);
  }
  return `${notes}\n`;
}
