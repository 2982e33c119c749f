import { describe, expect, it } from '@jest/globals';
import { notesOf } from '../../tools/release-notes/notes.ts';

const changelog = `# Changelog

## [Unreleased]

### Added

- Not yet.

## [1.2.3] - 2026-11-20

### Fixed

- A clone that took too long.

## [1.2.2] - 2026-11-01

## [1.2.1] - 2026-10-01

- The first.
`;

describe('the notes of a release', () => {
  it('are what the changelog says of that version, and nothing of its neighbours', () => {
    expect(notesOf('v1.2.3', { version: '1.2.3', changelog })).toBe('### Fixed\n\n- A clone that took too long.\n');
    expect(notesOf('v1.2.1', { version: '1.2.1', changelog })).toBe('- The first.\n');
  });

  it.each([
    { tag: '1.2.3', version: '1.2.3', said: /^the tag 1\.2\.3 is not `v` and a version/ },
    { tag: 'v1.2', version: '1.2.3', said: /^the tag v1\.2 is not/ },
    { tag: 'v1.2.3; rm', version: '1.2.3', said: /is not `v` and a version/ },
    { tag: 'v1.2.3', version: '1.2.2', said: /^the tag is of version 1\.2\.3, and package\.json says 1\.2\.2/ },
    { tag: 'v1.3.0', version: '1.3.0', said: /^CHANGELOG\.md has no section "## \[1\.3\.0\] - <date>"/ },
    { tag: 'v1.2.2', version: '1.2.2', said: /^CHANGELOG\.md says nothing of 1\.2\.2$/ },
  ])('are refused to the tag $tag of version $version', ({ tag, version, said }) => {
    expect(() => notesOf(tag, { version, changelog })).toThrow(said);
  });
});
