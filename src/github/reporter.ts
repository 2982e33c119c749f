import { TransientError } from '../domain/failure.ts';
import type { EnvironmentReport, Reporter } from '../reconcile/reporter.ts';
import { asking } from './errors.ts';
import type { OctokitSource } from './octokit-source.ts';
import { publishCheck } from './publish/check.ts';
import { publishComment, publishWarning } from './publish/comment.ts';
import { publishDeployment } from './publish/deployment.ts';
import type { AppIdentity, Publishing } from './publish/publishing.ts';
import { publishSuites } from './publish/suites.ts';
import { pullRequestPage } from './pull-request-page.ts';
import { ownerAndRepo } from './repository-name.ts';

const PARTS: readonly (readonly [doing: string, publish: (publishing: Publishing) => Promise<void>])[] = [
  ['writing the comment', publishComment],
  ['writing the check run', publishCheck],
  ['writing the deployment', publishDeployment],
  ['writing the check runs of suites', publishSuites],
  ['warning the owner', publishWarning],
];

/**
 * Makes the pull request say what a report says. Links lead to `pageUrl`, the page of an environment, or where there is
 * none to the pull request; `schemaUrl` is that of the blueprint's schema, for whoever wrote a wrong one. What GitHub
 * refuses for good in one part does not keep the others from being written; it is thrown after them.
 */
export function createReporter({
  octokits,
  identity,
  pageUrl,
  schemaUrl,
}: {
  octokits: OctokitSource;
  identity: AppIdentity;
  pageUrl?: (report: EnvironmentReport) => string;
  schemaUrl?: string | undefined;
}): Reporter {
  return {
    async publish(report, memory) {
      const octokit = await octokits.forInstallation(report.installationId);
      const target = ownerAndRepo(report.environment.pullRequest.repository);
      const { baseUrl } = octokit.request.endpoint.DEFAULTS;
      const page = pageUrl?.(report) ?? pullRequestPage(baseUrl, report.environment.pullRequest);
      const publishing: Publishing = { octokit, report, memory, target, identity, pageUrl: page, schemaUrl };
      const refused: unknown[] = [];
      for (const [doing, publish] of PARTS) {
        try {
          await asking(doing, async () => await publish(publishing));
        } catch (error) {
          if (error instanceof TransientError) {
            throw error;
          }
          refused.push(error);
        }
      }
      if (refused.length > 0) {
        throw refused[0];
      }
    },
  };
}
