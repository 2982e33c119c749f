import type { DashboardValidationMessage } from '@aws-sdk/client-cloudwatch';

/*
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */

const TYPES = ['metric', 'text', 'log', 'alarm', 'explorer', 'custom'];
const MOST_WIDGETS = 500;
const WIDTH = 24;

/** What is wrong with a dashboard's body: `errors` keep it from being saved, `warnings` do not. */
export interface BodyReview {
  readonly errors: readonly DashboardValidationMessage[];
  readonly warnings: readonly DashboardValidationMessage[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (DataPath: string, Message: string): DashboardValidationMessage => ({ DataPath, Message });

export function reviewBody(body: string): BodyReview {
  const parsed = parse(body);
  if (!isObject(parsed)) {
    return { errors: [at('', 'The field DashboardBody must be a valid JSON object')], warnings: [] };
  }
  const { widgets } = parsed;
  if (!Array.isArray(widgets)) {
    return { errors: [at('/', 'Should have property widgets, a list')], warnings: [] };
  }
  const tooMany = widgets.length > MOST_WIDGETS ? [at('/widgets', `Should have at most ${MOST_WIDGETS} items`)] : [];
  return {
    errors: [...tooMany, ...widgets.flatMap((widget, index) => widgetErrors(widget, `/widgets/${index}`))],
    warnings: widgets.flatMap((widget, index) => widgetWarnings(widget, `/widgets/${index}`)),
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function widgetErrors(widget: unknown, path: string): DashboardValidationMessage[] {
  if (!isObject(widget)) {
    return [at(path, 'Should be an object')];
  }
  const { type, properties } = widget;
  const wrongType =
    typeof type === 'string' && TYPES.includes(type)
      ? []
      : [at(`${path}/type`, `Should be one of ${TYPES.join(', ')}`)];
  return [
    ...wrongType,
    ...(isObject(properties) ? propertyErrors(widget, path) : [at(path, "Should have required property 'properties'")]),
  ];
}

function propertyErrors({ type, properties, ...place }: Record<string, unknown>, path: string) {
  const held = isObject(properties) ? properties : {};
  const needed = { text: 'markdown', alarm: 'alarms', log: 'query' }[String(type)];
  const missing =
    needed !== undefined && !(needed in held)
      ? [at(`${path}/properties`, `Should have required property '${needed}'`)]
      : [];
  const hasPlot = 'metrics' in held || 'annotations' in held;
  const nothing =
    type === 'metric' && !hasPlot ? [at(`${path}/properties`, 'Should have metrics or alarm annotations')] : [];
  return [...missing, ...nothing, ...placeErrors(place, path)];
}

function placeErrors(place: Record<string, unknown>, path: string): DashboardValidationMessage[] {
  const limits = { x: [0, WIDTH - 1], y: [0, Infinity], width: [1, WIDTH], height: [1, 1000] } as const;
  return Object.entries(limits).flatMap(([name, [least, most]]) => {
    const value = place[name];
    const fits = value === undefined || (typeof value === 'number' && value >= least && value <= most);
    return fits ? [] : [at(`${path}/${name}`, `Should be a number between ${least} and ${most}`)];
  });
}

/** A metric widget of no Region is drawn with the one that the reader looks at. */
function widgetWarnings(widget: unknown, path: string): DashboardValidationMessage[] {
  const { type, properties } = isObject(widget) ? widget : {};
  const lacks = type === 'metric' && isObject(properties) && !('region' in properties);
  return lacks ? [at(`${path}/properties`, 'Should have property region')] : [];
}
