/** Any pair will do: the local cloud reads the service and nothing else from a signature. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
export const LOCAL_REGION = 'eu-west-1';

/** Mayfly's own, so that a policy can be enforced on it and on nobody else. */
export const MAYFLY_CREDENTIALS = { accessKeyId: 'mayfly', secretAccessKey: 'local' };
