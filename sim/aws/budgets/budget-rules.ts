import type { Budget as BudgetSettings, CostTypes, Spend } from '@aws-sdk/client-budgets';
import { invalid } from './refusals.ts';

/*
 * https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html
 */

const TYPES = ['USAGE', 'COST', 'RI_UTILIZATION', 'RI_COVERAGE', 'SAVINGS_PLANS_UTILIZATION', 'SAVINGS_PLANS_COVERAGE'];
const UNITS = ['DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY'] as const;
const FILTERS = [
  'AZ',
  'BillingEntity',
  'CostCategory',
  'InstanceType',
  'InvoicingEntity',
  'LegalEntityName',
  'LinkedAccount',
  'Operation',
  'PurchaseType',
  'Region',
  'Service',
  'TagKeyValue',
  'UsageType',
  'UsageTypeGroup',
];

/** "06/15/87 00:00 UTC", of the century after. */
const LATEST_END = new Date('2087-06-15T00:00:00Z');

const COST_TYPES: Required<CostTypes> = {
  IncludeCredit: true,
  IncludeDiscount: true,
  IncludeOtherSubscription: true,
  IncludeRecurring: true,
  IncludeRefund: true,
  IncludeSubscription: true,
  IncludeSupport: true,
  IncludeTax: true,
  IncludeUpfront: true,
  UseAmortized: false,
  UseBlended: false,
};

/** A budget with AWS's defaults written out, as it is kept and described. Throws InvalidParameterException. */
export function readBudget(given: BudgetSettings, now: Date): BudgetSettings {
  const { BudgetName = '', BudgetType = '', TimeUnit = '' } = given;
  if (!/^[^:\\]{1,100}$/.test(BudgetName) || BudgetName.includes('/action/')) {
    throw invalid(`The budget name '${BudgetName}' must be 1 to 100 characters, without : and \\ and /action/`);
  }
  if (!TYPES.includes(BudgetType)) {
    throw invalid(`The budget type '${BudgetType}' is not one of ${TYPES.join(', ')}`);
  }
  if (!UNITS.some((unit) => unit === TimeUnit)) {
    throw invalid(`The time unit '${TimeUnit}' is not one of ${UNITS.join(', ')}`);
  }
  checkLimit(given);
  checkFilters(given);
  return {
    ...given,
    ...limitIn(given),
    ...(BudgetType === 'COST' && { CostTypes: { ...COST_TYPES, ...given.CostTypes } }),
    TimePeriod: periodIn(given, now),
    CostFilters: given.CostFilters ?? {},
    CalculatedSpend: { ActualSpend: { Amount: '0.0', Unit: given.BudgetLimit?.Unit ?? 'USD' } },
    LastUpdatedTime: now,
  };
}

/** "BudgetLimit is required for cost or usage budgets", unless limits are planned or adjusted. */
function checkLimit({ BudgetType, BudgetLimit, PlannedBudgetLimits, AutoAdjustData, CostTypes }: BudgetSettings): void {
  const isSpend = BudgetType === 'COST' || BudgetType === 'USAGE';
  const given = [BudgetLimit, PlannedBudgetLimits, AutoAdjustData].filter((one) => one !== undefined);
  if (isSpend && given.length === 0) {
    throw invalid('BudgetLimit is required for cost or usage budgets');
  }
  if (BudgetLimit && PlannedBudgetLimits) {
    throw invalid('BudgetLimit and PlannedBudgetLimits cannot be used together');
  }
  if (!isSpend && CostTypes) {
    throw invalid(`${BudgetType ?? ''} budgets do not have CostTypes`);
  }
  for (const limit of [BudgetLimit, ...Object.values(PlannedBudgetLimits ?? {})]) {
    checkSpend(limit, BudgetType ?? '');
  }
}

function checkSpend(limit: Spend | undefined, type: string): void {
  if (!limit) {
    return;
  }
  const amount = Number(limit.Amount);
  if (!/^\d+(\.\d+)?$/.test(limit.Amount ?? '') || (type === 'COST' && amount <= 0)) {
    throw invalid(`The budget limit '${limit.Amount ?? ''}' must be a number above 0`);
  }
  if (type === 'COST' && limit.Unit !== 'USD') {
    throw invalid(`The unit of a cost budget must be USD, not ${limit.Unit ?? ''}`);
  }
}

/** Amounts are described with one decimal place at least. */
function limitIn({ BudgetLimit }: BudgetSettings): Pick<BudgetSettings, 'BudgetLimit'> {
  if (!BudgetLimit) {
    return {};
  }
  const { Amount = '' } = BudgetLimit;
  return { BudgetLimit: { ...BudgetLimit, Amount: Amount.includes('.') ? Amount : `${Amount}.0` } };
}

function checkFilters({ CostFilters = {}, FilterExpression }: BudgetSettings): void {
  if (Object.keys(CostFilters).length > 0 && FilterExpression) {
    throw invalid('CostFilters and FilterExpression cannot be used together');
  }
  for (const [name, values] of Object.entries(CostFilters)) {
    if (!FILTERS.includes(name) || values.length === 0) {
      throw invalid(`The cost filter '${name}' is unknown or has no values`);
    }
    const wrong = name === 'TagKeyValue' ? values.find((value) => !/^[^$]+\$.*$/.test(value)) : undefined;
    if (wrong !== undefined) {
      throw invalid(`The value '${wrong}' of TagKeyValue must be of the form user:key$value`);
    }
  }
}

function periodIn({ TimePeriod, TimeUnit }: BudgetSettings, now: Date): NonNullable<BudgetSettings['TimePeriod']> {
  const Start = TimePeriod?.Start ?? startOf(TimeUnit ?? 'MONTHLY', now);
  const End = TimePeriod?.End ?? LATEST_END;
  if (Start >= End || End > LATEST_END) {
    throw invalid('The start date must come before the end date, and the end date not after 06/15/87 00:00 UTC');
  }
  return { Start, End };
}

/** The start of the period that `now` is in. */
function startOf(unit: string, now: Date): Date {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  switch (unit) {
    case 'DAILY':
      return new Date(Date.UTC(year, month, now.getUTCDate()));
    case 'QUARTERLY':
      return new Date(Date.UTC(year, month - (month % 3)));
    case 'ANNUALLY':
      return new Date(Date.UTC(year, 0));
    default:
      return new Date(Date.UTC(year, month));
  }
}
