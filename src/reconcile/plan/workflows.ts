import type { BlueprintWorkflow } from '../../config/blueprint/blueprint.ts';
import type { PlanContext } from './context.ts';
import { headImages } from './images.ts';
import type { PlannedBuild, PlannedWorkflow } from './plan.ts';
import { textsOf } from './texts.ts';

export function plannedSuites(context: PlanContext): Readonly<Record<string, PlannedWorkflow>> {
  return Object.fromEntries(
    Object.entries(context.blueprint.suites).map(([name, workflow]) => [name, planned(context, workflow)]),
  );
}

/** Null when the blueprint names no workflow that builds images. */
export function plannedBuild(context: PlanContext): PlannedBuild | null {
  const { build } = context.blueprint.images;
  return build && { ...planned(context, build), images: headImages(context) };
}

function planned(context: PlanContext, { repository, workflow, inputs }: BlueprintWorkflow): PlannedWorkflow {
  return { repository, workflow, inputs: (known) => textsOf(context, null).renderAll(inputs, known) };
}
