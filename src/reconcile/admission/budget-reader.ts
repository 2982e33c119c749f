import type { BudgetPool, BudgetReading } from '../../domain/budget.ts';

/**
 * Reads what is there now of each pool, everybody's. A clone is shown by its identifier, a target group by its name, a
 * rule as `<listener ARN> <its hosts, lower case, sorted, a space between>`, a certificate as `<listener ARN> <its first
 * name>`; anything that has none of these by something unique. Throws `TransientError` and `TerminalError`.
 */
export interface BudgetReader {
  read(pools: readonly BudgetPool[]): Promise<readonly BudgetReading[]>;
}
