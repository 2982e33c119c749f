import { readFileSync } from 'node:fs';
import { findingText } from './workflow-lint/finding.ts';
import { createWorkflowLinter } from './workflow-lint/lint.ts';
import { workflowFiles } from './workflow-lint/workflow-files.ts';

/** Checks every GitHub Actions workflow of this repository, or the files that are named: `npm run check:workflows`. */
const named = process.argv.slice(2);
const files = named.length > 0 ? named : workflowFiles('.');
const lint = await createWorkflowLinter();
const findings = files.flatMap((file) => lint({ file, text: readFileSync(file, 'utf8') }));
for (const finding of findings) {
  console.error(findingText(finding));
}
if (findings.length === 0) {
  console.log(`ok     ${files.length} workflows`);
} else {
  process.exitCode = 1;
}
