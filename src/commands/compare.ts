import { compareZips } from '../compare/compare-zips.js';
import { findZip } from '../compare/find-zip.js';
import { exitCodes, failure } from '../errors.js';
import { compareDocument, compareText } from '../report/compare.js';
import { defineCommand } from './command.js';

export const compare = defineCommand({
  name: 'compare',
  summary: 'what changed between two artefacts',
  args: '<a.zip> <b.zip>',
  flags: {},
  examples: [
    ['layer-policy compare old.zip .build/layers/inbox-core-1.1.0.zip', 'files, packages, public names, sizes'],
    ['layer-policy compare inbox-core@1.0.0 inbox-core@1.1.0', 'out of the archive, the registry of local, or .build/'],
    ['layer-policy compare a.zip b.zip --json', 'the same for a program: .same, .python.hint'],
  ],
  async run(env, _given, args) {
    const [first, second, ...more] = args;
    if (first === undefined || second === undefined || more.length > 0) {
      throw failure('usage', { problem: 'compare takes two zips.', command: 'compare' });
    }
    const report = await compareZips(env, await findZip(env, first), await findZip(env, second));
    return {
      exit: exitCodes.ok,
      document: compareDocument(report),
      text: (style) => compareText(report, style),
    };
  },
});
