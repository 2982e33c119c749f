import type {
  AddPermissionRequest,
  AddPermissionResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  RemovePermissionRequest,
} from '@aws-sdk/client-lambda';
import { Refusal } from '../wire/refusal.ts';
import type { World } from '../world.ts';
import { checkRevision, functionAsked, invalidValue, LATEST, newRevisionId, notFound } from './lookup.ts';

const LARGEST_POLICY = 20 * 1024;
const NO_POLICY = 'The resource you requested does not exist.';

/** Kept in the form of a policy; it allows and denies nothing here. Throws ResourceConflictException for an id that is taken. */
export function addPermission(world: World, input: AddPermissionRequest): AddPermissionResponse {
  const { held, qualifier } = functionAsked(world, input);
  const { StatementId = '' } = input;
  checkRevision(held, input.RevisionId);
  if (!/^[\w-]{1,100}$/.test(StatementId)) {
    throw invalidValue(`Value '${StatementId}' at 'statementId' failed to satisfy constraint: ([a-zA-Z0-9-_]+)`);
  }
  const statements = held.permissions.get(qualifier) ?? new Map<string, object>();
  if (statements.has(StatementId)) {
    throw new Refusal(
      'ResourceConflictException',
      `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const statement = statementOf(input, qualifier === LATEST ? held.arn : `${held.arn}:${qualifier}`);
  const all = new Map([...statements, [StatementId, statement]]);
  if (documentOf(all).length > LARGEST_POLICY) {
    throw new Refusal(
      'PolicyLengthExceededException',
      `The final policy size is bigger than the limit (${LARGEST_POLICY}).`,
    );
  }
  held.permissions.set(qualifier, all);
  held.revisionId = newRevisionId(world);
  return { Statement: JSON.stringify(statement) };
}

function statementOf(input: AddPermissionRequest, resource: string): object {
  const { Principal = '', SourceAccount, SourceArn, EventSourceToken, PrincipalOrgID } = input;
  const isService = /^[\w-]+(\.[\w-]+)+$/.test(Principal);
  const account = /^\d{12}$/.test(Principal) ? `arn:aws:iam::${Principal}:root` : Principal;
  const equals = {
    ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }),
    ...(EventSourceToken !== undefined && { 'lambda:EventSourceToken': EventSourceToken }),
    ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  };
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { [isService ? 'Service' : 'AWS']: account },
    Action: input.Action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

const documentOf = (statements: ReadonlyMap<string, object>): string =>
  JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: [...statements.values()] });

export function getPolicy(world: World, input: GetPolicyRequest): GetPolicyResponse {
  const { held, qualifier } = functionAsked(world, input);
  const statements = held.permissions.get(qualifier);
  if (!statements || statements.size === 0) {
    throw notFound(NO_POLICY);
  }
  return { Policy: documentOf(statements), RevisionId: held.revisionId };
}

export function removePermission(world: World, input: RemovePermissionRequest): void {
  const { held, qualifier } = functionAsked(world, input);
  checkRevision(held, input.RevisionId);
  const statements = held.permissions.get(qualifier);
  if (!statements?.delete(input.StatementId ?? '')) {
    throw notFound(statements ? `Statement ${input.StatementId} is not found in resource policy.` : NO_POLICY);
  }
  held.revisionId = newRevisionId(world);
}
