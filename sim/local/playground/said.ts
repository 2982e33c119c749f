interface Done {
  readonly actor: string;
  readonly field: (name: string) => string;
}

const sentences: Readonly<Record<string, (done: Done) => string>> = {
  label: ({ actor, field }) => `${actor} added the label ${field('label')}.`,
  unlabel: ({ actor, field }) => `${actor} removed the label ${field('label')}.`,
  comment: ({ actor, field }) => `${actor} commented: ${field('body')}`,
  push: ({ actor, field }) => `${actor} pushed a commit that changes ${field('path')}.`,
  close: ({ actor }) => `${actor} closed the pull request.`,
  reopen: ({ actor }) => `${actor} reopened the pull request.`,
  merge: ({ actor }) => `${actor} merged the pull request.`,
  draft: ({ actor }) => `${actor} made it a draft.`,
  ready: ({ actor }) => `${actor} marked it ready for review.`,
  'check-action': ({ actor, field }) => `${actor} pushed the check’s button ${field('identifier')}.`,
  rerun: ({ actor }) => `${actor} asked for the check again.`,
};

/** What a person did, for the page to say. */
export function said(action: string, done: Done): string {
  return sentences[action]?.(done) ?? `${done.actor}: ${action}.`;
}
