/** What runs already, and is to be recorded. */
import type { Catalogue } from './entry.js';

export const adoption = {
  'nothing-runs': {
    exit: 4,
    message: 'No function of the policy is in {environment}: {names}.',
    hint: 'What runs is known by the functions that run it: correct their functionName in the policy, then run this again.',
  },
  'layer-mixed': {
    exit: 4,
    message: 'Functions of {environment} have different versions of {name}, so none of them is what runs: {found}',
    hint: 'Bring them to one: aws lambda update-function-configuration --function-name NAME --layers ARN…   Or adopt the others by name: layer-policy init --adopt --env {environment} LAYER',
  },
  'adopted-unversioned': {
    exit: 2,
    message: 'Which version this is, nobody recorded: {arns}',
    hint: 'Say it (VERSION proposes): layer-policy init --adopt --env {environment} {words}',
  },
  'adopted-otherwise': {
    exit: 3,
    message: '{arn} is recorded as {name} {version}, and cannot be {said}.',
    hint: 'Leave the version out: layer-policy init --adopt --env {environment} {name}',
  },
  'adopted-elsewise': {
    exit: 3,
    message: '{arn} holds other bytes ({here}) than {version} is recorded with ({there}).',
    hint: 'Say which version it really is: layer-policy init --adopt --env ENV LAYER@X.Y.Z',
  },
} as const satisfies Catalogue;
