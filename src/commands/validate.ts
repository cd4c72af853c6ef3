import { policyOrNone } from '../config/policy-or-none.js';
import { failure } from '../errors.js';
import { named } from '../layer/named.js';
import { type ArtefactVerdict, judgeArtefacts } from '../policy/judge-artefacts.js';
import type { Policy } from '../policy/policy.js';
import type { Env } from '../ports.js';
import { exitOf, type ValidatedZip, validateDocument, validateText } from '../report/validate.js';
import { importAll, withImports } from '../validate/import-all.js';
import { type ReadZip, readArtefact } from '../validate/read-artefact.js';
import { shownAs } from '../validate/shown-as.js';
import { defineCommand } from './command.js';

export const validate = defineCommand({
  name: 'validate',
  summary: 'judge finished zips against the layer rules',
  args: '<zip...>',
  flags: {
    layer: {
      type: 'string',
      value: 'NAME',
      help: 'the declared layer or function they are, whatever their names say',
    },
    import: {
      type: 'boolean',
      help: 'import every module with the Pythons on PATH, which runs its code; only of zips that are not refused',
    },
  },
  examples: [
    ['layer-policy validate .build/layers/inbox-core-1.2.3.zip', 'as a release would judge it'],
    ['layer-policy validate layer_management/archive/*/*.zip', 'a table of all that are archived'],
    ['layer-policy validate --import .build/layers/*.zip', 'layers that are used together are imported together'],
    ['layer-policy validate from-elsewhere.zip --layer common-deps --json', 'a zip of another name, for a program'],
  ],
  async run(env, given, args) {
    if (args.length === 0) throw failure('usage', { problem: 'validate takes one zip or more.', command: 'validate' });
    const policy = await policyOrNone(env, given);
    const { layers, functions } = policy.declarations;
    if (given.layer !== undefined) named<unknown>({ ...functions, ...layers }, given.layer, 'layer or function');

    const files = await shownAs(env, args);
    const read: ReadZip[] = [];
    for (const [path, file] of files) {
      env.out.progress(`reading ${file} (${read.length + 1} of ${files.size})`);
      read.push(await readArtefact(env, policy, { path, file, layer: given.layer }));
    }
    const first = judge(env, policy, read);
    const zips = given.import === true ? await imported(env, policy, first, read) : read;
    env.out.progress('');

    const verdict = given.import === true ? judge(env, policy, zips) : first;
    const notices = [...policy.notices, ...(verdict.ran === 0 ? [switchedOff] : [])];
    const report = { zips, verdict, notices };
    return {
      exit: exitOf(report),
      document: validateDocument(report),
      text: (style) => validateText(report, style),
    };
  },
});

const switchedOff = 'The policy switches every rule about artefacts off (artifact-structure), so nothing was judged.';

function judge({ now, sha256 }: Env, policy: Policy, zips: readonly ReadZip[]): ArtefactVerdict {
  const today = new Date(now()).toISOString().slice(0, 10);
  const readings = zips.map(({ reading }) => reading);
  return judgeArtefacts(readings, policy, { stage: 'validate', today }, sha256);
}

/** What is refused already is never run. */
async function imported(
  env: Env,
  policy: Policy,
  { findings }: ArtefactVerdict,
  zips: readonly ReadZip[],
): Promise<(ReadZip & ValidatedZip)[]> {
  const refused = new Set(findings.flatMap(({ file, severity }) => (severity === 'error' ? [file] : [])));
  const fit = zips.filter(({ reading }) => !refused.has(reading.file));
  const all: (ReadZip & ValidatedZip)[] = [];
  for (const zip of zips) {
    if (!fit.includes(zip)) all.push(zip);
    else {
      const imports = await importAll(env, policy, zip, fit);
      all.push({ ...zip, reading: withImports(zip.reading, imports), imports });
    }
  }
  return all;
}
