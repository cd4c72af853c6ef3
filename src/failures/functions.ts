/** Functions: what runs in an environment, and what came of running it. */
import type { Catalogue } from './entry.js';

export const functions = {
  'function-absent': {
    exit: 4,
    message: "There is no function '{functionName}' in {environment}.",
    hint: 'Make it there first, or correct "functionName" in the policy.',
  },
  'function-changed': {
    exit: 4,
    message: 'Somebody else changed {functionName} in {environment}: {problem}',
    hint: 'Look at it (layer-policy snapshot --env {environment}), then run the same command again.',
  },
  'function-busy': {
    exit: 4,
    message: 'Another update of {functionName} in {environment} is under way.',
    hint: 'Wait for it, then run the same command again.',
  },
  'function-failed': {
    exit: 4,
    message: 'The update of {functionName} in {environment} failed: {problem}',
    hint: 'Mend that, then run: layer-policy resume. Or give it up: layer-policy abort',
  },
  'function-unsettled': {
    exit: 4,
    message: 'The update of {functionName} in {environment} did not end within {seconds} s.',
    hint: 'Wait for it, then run: layer-policy resume',
  },
  'function-refused': {
    exit: 4,
    message: '{environment} refuses this for {functionName}: {problem}',
    hint: '{fix}',
  },
  'runtime-missing': {
    exit: 4,
    message: '{functionName} runs on {runtime}, which is not on PATH.',
    hint: 'Install it (for example: uv python install {version}) and put it on PATH.',
  },
  'event-invalid': {
    exit: 2,
    message: 'The event {event} cannot be sent: {problem}',
    hint: 'Name one of "events" in the policy, or a file of JSON: layer-policy invoke {name} --event FILE',
  },
} as const satisfies Catalogue;
