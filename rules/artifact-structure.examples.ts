import type { ArtefactProblem, ExamplesOf, JudgedArtefact } from 'layer-policy/rule';
import type rule from './artifact-structure.js';

const core = (...problems: ArtefactProblem[]): { artefacts: JudgedArtefact[] } => ({
  artefacts: [{ file: '.build/layers/inbox-core-1.2.3.zip', name: 'inbox-core', problems }],
});

export default [
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
] satisfies ExamplesOf<typeof rule>;
