/** The check run's buttons. GitHub's limits: identifier and label 20 characters, description 40, three at most. */
export const CHECK_ACTIONS = {
  extend: { identifier: 'extend-1d', label: 'Extend 1 day', description: 'Keep the environment a day longer' },
  redeploy: { identifier: 'redeploy', label: 'Redeploy', description: 'Deploy the same commit again' },
  destroy: { identifier: 'destroy', label: 'Tear down', description: 'Remove the environment and its data' },
} as const;
