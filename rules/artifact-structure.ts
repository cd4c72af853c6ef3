import { type ArtefactProblem, defineRule, type Habit, type JudgedArtefact } from 'layer-policy/rule';

/** As many files of a finding, and as many findings of a kind, as help anybody; `count` tells of how many files it is. */
const most = 100;
const habits: readonly Habit[] = ['data-descriptors', 'windows-modes', 'bytecode', 'backups', 'wheel-tags'];

const core = (...problems: ArtefactProblem[]): { artefacts: JudgedArtefact[] } => ({
  artefacts: [{ file: '.build/layers/inbox-core-1.2.3.zip', name: 'inbox-core', problems }],
});

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
  examples: [
    { name: 'nothing is wrong with it', given: core(), problems: [] },
    {
      name: 'an entry that two readers see differently, a link, a name from Windows',
      given: core(
        { kind: 'broken', what: 'the local header has another name', paths: ['python/inbox_core/item.py'] },
        { kind: 'mode', what: 'neither a plain file nor a folder (a link, a device, …)', paths: ['python/link'] },
        {
          kind: 'name',
          what: 'a backslash in a name',
          paths: ['python\\inbox_core\\a.py', 'python\\inbox_core\\b.py'],
        },
      ),
      problems: ['broken', 'mode', 'name'],
    },
    {
      name: 'data descriptors, which the policy lets pass',
      given: core({
        kind: 'broken',
        what: 'written with a data descriptor',
        paths: ['a.py'],
        habit: 'data-descriptors',
      }),
      options: { tolerate: ['data-descriptors'] },
      problems: [],
    },
    {
      name: 'too large, alone and with the function that uses it',
      given: core(
        { kind: 'limit', what: 'it is 11 MB zipped; the policy allows 10 MB', paths: [] },
        { kind: 'together', what: 'with ingest, as ingest has them, it is 300000000 bytes unpacked', paths: [] },
      ),
      problems: ['limit', 'together'],
    },
    {
      name: 'modules beside python/, bytecode',
      given: core(
        { kind: 'root', what: 'not below python/, where Lambda looks for modules', paths: ['inbox_core/item.py'] },
        {
          kind: 'leftover',
          what: 'bytecode, which differs with every build',
          paths: ['python/a.pyc'],
          habit: 'bytecode',
        },
      ),
      problems: ['root', 'leftover'],
    },
    {
      name: 'compiled code in a layer of pure source, and for another machine',
      given: core(
        { kind: 'native', what: 'compiled code, which the policy forbids here', paths: ['python/_yaml.abi3.so'] },
        { kind: 'platform', what: 'compiled for arm64; declared is x86_64', paths: ['python/_yaml.abi3.so'] },
      ),
      problems: ['native', 'platform'],
    },
    {
      name: 'a key in the source, a module that Python cannot import',
      given: core(
        { kind: 'secret', what: 'an AWS access key id (sha256 1a5d44a2dca1…)', paths: ['python/inbox_core/s3.py'] },
        { kind: 'import', what: "python3.12: inbox_core: ModuleNotFoundError: No module named 'imp'", paths: [] },
      ),
      problems: ['secret', 'import'],
    },
  ],
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
