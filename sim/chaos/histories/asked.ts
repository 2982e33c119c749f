import type { Step } from './step.ts';

/** A pull request as it stands after a step. */
interface Standing {
  /** Whether those who may had asked for an environment before it. */
  readonly asked: boolean;
  readonly isOpen: boolean;
  readonly isLabelled: boolean;
}

/** Whether an environment is asked for once this has happened, by somebody who may ask: what Mayfly promises, in a table. */
export function askedAfter(step: Step, { asked, isOpen, isLabelled }: Standing): boolean {
  if (step.do === 'say') {
    return step.who === 'developer' ? askedAfterCommand(step.body, { asked, isOpen }) : asked;
  }
  if (step.do === 'label' || step.do === 'reopen') {
    return asked || (isOpen && isLabelled);
  }
  return asked && !ENDS.includes(step.do);
}

const ENDS: readonly Step['do'][] = ['unlabel', 'close', 'merge'];

function askedAfterCommand(body: string, { asked, isOpen }: Omit<Standing, 'isLabelled'>): boolean {
  if (body === '/ephemeral create') {
    return asked || isOpen;
  }
  return body === '/ephemeral destroy' ? false : asked;
}

/** Whether somebody who may asks for more time. */
export function asksForTime(step: Step): boolean {
  return step.do === 'say' && step.who === 'developer' && step.body.startsWith('/ephemeral extend');
}

/** Whether somebody who may says what the label does not. */
export function isCommand(step: Step): boolean {
  return step.do === 'say' && step.who === 'developer' && /^\/ephemeral (create|destroy)$/.test(step.body);
}
