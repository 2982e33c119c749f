/** What a running container says of itself. */
export interface ServedFacts {
  readonly environment: string | undefined;
  readonly service: string | undefined;
  readonly image: string | undefined;
  readonly taskDefinition: string;
  readonly task: string;
  readonly database: string | undefined;
  readonly commit: string | undefined;
  readonly host: string;
  readonly path: string;
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? character,
  );
}

/** A page for a person to look at; every value is escaped. */
export function servedPage(facts: ServedFacts): string {
  const rows = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(String(value))}</td></tr>`)
    .join('\n');
  const title = escapeHtml([facts.service, facts.environment].filter(Boolean).join(' · ') || facts.host);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}th{text-align:left;padding-right:2rem;vertical-align:top}td{overflow-wrap:anywhere}</style></head>
<body><h1>${title}</h1>
<table>
${rows}
</table></body>
</html>
`;
}
