import { type ArtefactProblem, defineRule, type Habit, type JudgedArtefact } from 'layer-policy/rule';

/** As many files of a finding, and as many findings of a kind, as help anybody; `count` tells of how many files it is. */
const most = 100;
const habits: readonly Habit[] = ['data-descriptors', 'windows-modes', 'bytecode', 'backups', 'wheel-tags'];

export default defineRule({
  id: 'artifact-structure',
  title: 'An artefact is what Lambda can load, and the same to everybody who unpacks it',
  why: 'A published layer version cannot be changed: what does not unpack, load or fit is found out in production.',
  severity: 'error',
  stages: ['release', 'validate'],
  facts: ['artefacts'],
  options: {
    schema: {
      tolerate: {
        type: 'array',
        items: { enum: habits },
        description: "habits of others' tools that are let pass",
      },
    },
    defaults: { tolerate: [] as readonly Habit[] },
    stricter: { tolerate: 'fewer' },
  },
  messages: {
    broken: {
      message: 'not one zip to all readers: {where}{what}',
      hint: 'Readers may not see the same in it, so none is trusted with it. {again}',
    },
    name: { message: 'unsafe name: {where}{what}', hint: 'Give it a name that is the same on every system. {again}' },
    mode: {
      message: 'permissions: {where}{what}',
      hint: 'Zip plain files that all may read: chmod -R a+rX python. {again}',
    },
    limit: {
      message: 'too large: {where}{what}',
      hint: 'Take out what the functions do not import, or split it. {again}',
    },
    together: {
      message: 'too large together: {what}',
      hint: 'Take out what the function does not import, or use fewer layers. {again}',
    },
    root: {
      message: 'in the wrong place: {where}{what}',
      hint: "A layer's modules lie below python/, a function's handler at the root of its zip. {again}",
    },
    native: {
      message: 'native code: {where}{what}',
      hint: 'Take it out, or say "natives": "allow" in the policy. {again}',
    },
    platform: {
      message: 'does not load on Lambda: {where}{what}',
      hint: 'Install wheels made for Lambda, for each declared runtime, or declare only what it serves. {again}',
    },
    leftover: { message: 'does not belong in it: {where}{what}', hint: 'Leave it out. {again}' },
    secret: {
      message: 'a secret: {where}{what}',
      hint: 'Revoke it where it was issued, since who had the zip had it, and take it out of the source. {again}',
    },
    import: {
      message: 'import fails: {what}',
      hint: 'Add what it needs, or validate it together with the layers it is used with. {again}',
    },
  },
  *check({ artefacts }, { tolerate }) {
    for (const artefact of artefacts) {
      const said = new Map<string, number>();
      for (const problem of artefact.problems) {
        if (problem.habit !== undefined && tolerate.includes(problem.habit)) continue;
        const times = (said.get(problem.kind) ?? 0) + 1;
        said.set(problem.kind, times);
        if (times <= most) yield say(artefact, problem);
      }
    }
  },
});

function say({ file, name }: JudgedArtefact, { kind, what, paths }: ArtefactProblem) {
  const [first] = paths;
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  return {
    message: kind,
    file,
    layer: name,
    // Sizes change from build to build; that it is too large does not.
    about: kind === 'limit' || kind === 'together' ? kind : what,
    data: {
      where: first === undefined ? '' : `${first}${more}: `,
      what,
      again: name === null ? 'Then: python3 -m zipfile -c layer.zip python/' : `Then: layer-policy build ${name}`,
      paths: paths.slice(0, most),
      count: paths.length,
    },
  };
}
