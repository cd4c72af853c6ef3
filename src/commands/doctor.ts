import { examine } from '../doctor/index.js';
import { exitCodes } from '../errors.js';
import { doctorText } from '../report/doctor.js';
import { defineCommand } from './command.js';

export const doctor = defineCommand({
  name: 'doctor',
  summary:
    'Says what this machine lacks: policy, git, hooks, Python, packages, environments. Exit 1 when something is missing.',
  args: '',
  flags: {},
  examples: [['layer-policy doctor', 'each line that is not well comes with what mends it']],
  async run(env, given) {
    const answers = await examine(env, given);
    const isWell = answers.every(({ state }) => state !== 'missing');
    return {
      exit: isWell ? exitCodes.ok : exitCodes.refused,
      document: { schema: 1, ok: isWell, answers },
      text: (style) => doctorText(answers, style),
    };
  },
});
