import type { RunLink } from '../../reconcile/workflow-run.ts';

/** A workflow run to click: `[run #812](https://…)`. GitHub wrote the address; one that it could not have written is left out. */
export function runLink({ number, url }: RunLink): string {
  const words = number === null ? 'its run' : `run #${number}`;
  const href = URL.parse(url)?.href;
  return href && /^https?:/.test(href) ? `[${words}](${href.replace(/[()|\s]/g, encodeURIComponent)})` : words;
}
