import { isFailure } from '../errors.js';
import { type Answer, broken, type Check, ok } from './check.js';

/** Every declared environment, asked whether this machine can reach it with what it has. Changes nothing there. */
export const targets: Check = async (env, declarations) => {
  const answers: Answer[] = [];
  for (const environment of Object.values(declarations?.environments ?? {})) {
    const about = `env ${environment.name}`;
    try {
      await env.registry(environment);
      answers.push(ok(about, environment.target === 'local' ? 'a folder, .build/registry/' : environment.target));
    } catch (error) {
      if (!isFailure(error)) throw error;
      answers.push(broken(about, error));
    }
  }
  return answers;
};
