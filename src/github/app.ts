import type { ApplicationFunction } from 'probot';
import { listenToCheckRuns } from './handlers/check-run.ts';
import type { HandlerPorts } from './handlers/handler-ports.ts';
import { listenToInstallations } from './handlers/installation.ts';
import { listenToIssueComments } from './handlers/issue-comment.ts';
import { listenToPullRequests } from './handlers/pull-request.ts';
import { listenToWorkflowRuns } from './handlers/workflow-run.ts';

/**
 * What Mayfly does with events: each is reduced to what Mayfly acts on, handed to the intake, and answered. No handler
 * calls GitHub, and none knows AWS. An event that nobody listens to is answered 200 and forgotten.
 */
export function createApp(ports: HandlerPorts): ApplicationFunction {
  return (app) => {
    listenToPullRequests(app, ports);
    listenToIssueComments(app, ports);
    listenToCheckRuns(app, ports);
    listenToWorkflowRuns(app, ports);
    listenToInstallations(app, ports);
  };
}
