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
  'function-signed': {
    exit: 4,
    message:
      '{functionName} in {environment} takes signed code only ({config}), and layers of this tool are not signed.',
    hint: 'Take that off the function, or have its configuration warn instead of enforce: aws lambda delete-function-code-signing-config --function-name {functionName}',
  },
  'alias-absent': {
    exit: 4,
    message: "{functionName} in {environment} has no alias '{alias}'.",
    hint: 'Make it there first: V=$(aws lambda publish-version --function-name {functionName} --query Version --output text) && aws lambda create-alias --function-name {functionName} --name {alias} --function-version $V',
  },
  'alias-shared': {
    exit: 4,
    message: "The alias '{alias}' of {functionName} in {environment} leads to more than one version: {versions}.",
    hint: 'End that first: aws lambda update-alias --function-name {functionName} --name {alias} --routing-config {end}',
  },
  'function-misfit': {
    exit: 4,
    message: '{functionName} in {environment} is for {odd}, and its layer {layer} is made for {made}.',
    hint: 'Give the function another runtime or architecture there, or add its own to the layer in the policy.',
  },
  'layer-unpublished': {
    exit: 2,
    message: '{name} uses the layer {layer}, which is not in {environment} yet.',
    hint: 'Bring it along: layer-policy release {layer} {name} --env {environment}',
  },
  'code-unknown': {
    exit: 4,
    message:
      'The code that {functionName} ran in {environment} (sha256 {sha256}) was not stored by this tool, so it cannot be brought back.',
    hint: 'Bring a version that is recorded: layer-policy deploy NAME@VERSION --env {environment}',
  },
  'smoke-failed': {
    exit: 1,
    message: 'Functions of {environment} do not answer as expected: {problems}',
    hint: 'Look at one: layer-policy invoke --all --env {environment}',
  },
  'smoke-restored': {
    exit: 1,
    message: '{problem}. They run again what they ran before.',
    hint: 'Mend it and give it a version of its own. What was published stays, attached to nothing.',
  },
  'restore-failed': {
    exit: 4,
    message: '{problem}. {why}',
    hint: 'Look at them (layer-policy snapshot --env {environment}), then try again: layer-policy abort',
  },
  'targets-left': {
    exit: 4,
    message: 'Not brought back: {left}. As before: {back}.',
    hint: 'Try again when that is mended; what is back is left alone: layer-policy abort',
  },
  'runtime-missing': {
    exit: 4,
    message: '{functionName} runs on {runtime}, which is not on PATH.',
    hint: 'Install it (for example: uv python install {version}) and put it on PATH.',
  },
  'event-invalid': {
    exit: 2,
    message: 'The event {event} cannot be sent: {problem}',
    hint: 'Name one of "events" in the policy, or a file of JSON: layer-policy invoke {name} --env ENV --event FILE',
  },
} as const satisfies Catalogue;
