/** A user pool of Cognito whose people alone are let through. The load balancer asks for nothing secret of it. */
export interface SignIn {
  readonly userPoolArn: string;
  readonly userPoolClientId: string;
  /** The prefix of a domain of Cognito's, or a whole domain name of one's own. */
  readonly userPoolDomain: string;
}

/**
 * The host of the page that people are sent to
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html).
 */
export function signInHost({ userPoolArn, userPoolDomain }: SignIn): string {
  const region = userPoolArn.split(':')[3] ?? '';
  return userPoolDomain.includes('.') ? userPoolDomain : `${userPoolDomain}.auth.${region}.amazoncognito.com`;
}

/** Whether two are the same; nowhere is the same as nowhere. */
export function isSameSignIn(one: SignIn | undefined, other: SignIn | undefined): boolean {
  return textOf(one) === textOf(other);
}

function textOf(signIn: SignIn | undefined): string {
  return signIn ? [signIn.userPoolArn, signIn.userPoolClientId, signIn.userPoolDomain].join(' ') : '';
}
