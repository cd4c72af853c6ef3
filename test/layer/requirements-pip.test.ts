import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRequirements } from '../../src/layer/requirements.js';

/** Reads files as pip does, with pip's own parser, and tells what would be installed from where. */
const reader = `
import base64, json, os, sys, tempfile
from types import SimpleNamespace
from pip._internal.models.format_control import FormatControl
from pip._internal.req.req_file import parse_requirements
from pip._vendor.packaging.requirements import Requirement

def refuse(*args, **kwargs):
    raise Exception('no network')

def read(data):
    scope = SimpleNamespace(no_index=False)
    told = []
    finder = SimpleNamespace(
        find_links=[], index_urls=['default'], search_scope=scope, format_control=FormatControl(),
        set_allow_all_prereleases=lambda: None, set_prefer_binary=lambda: None)
    session = SimpleNamespace(get=refuse, update_index_urls=lambda urls: None,
                              add_trusted_host=lambda host, source=None: told.append(host))
    with open(path, 'wb') as file:
        file.write(data)
    found = []
    for parsed in parse_requirements(path, session=session, finder=finder):
        if parsed.is_editable:
            found.append({'editable': True})
            continue
        requirement = Requirement(parsed.requirement)
        hashes = ((parsed.options or {}).get('hashes') or {})
        found.append({
            'name': requirement.name,
            'url': requirement.url,
            'extras': sorted(requirement.extras),
            'specifier': sorted(str(one) for one in requirement.specifier),
            'hashes': [name + ':' + value.lower() for name, values in sorted(hashes.items()) for value in values],
        })
    scope = finder.search_scope
    told += scope.find_links if hasattr(scope, 'find_links') else []
    told += [url for url in (scope.index_urls if hasattr(scope, 'index_urls') else []) if url != 'default']
    return {'found': found, 'elsewhere': told}

folder = tempfile.mkdtemp()
path = os.path.join(folder, 'requirements.txt')
answers = []
for text in json.load(sys.stdin):
    try:
        answers.append(read(base64.b64decode(text)))
    except BaseException as error:
        answers.append({'error': str(error)})
os.remove(path)
os.rmdir(folder)
print(json.dumps(answers))
`;

interface Answer {
  error?: string;
  found?: { name: string; extras: string[]; specifier: string[]; hashes: string[] }[];
  elsewhere?: string[];
}

function pip(texts: string[]): Answer[] {
  const input = JSON.stringify(texts.map((text) => Buffer.from(text).toString('base64')));
  const done = spawnSync('python3', ['-c', reader], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}

const hash = `--hash=sha256:${'ab'.repeat(32)}`;
const word = fc.constantFrom(
  ...[
    'a',
    'A.b-c',
    'requests',
    '==',
    '===',
    '>=',
    '~=',
    '1',
    '1.0',
    '2.*',
    '1.0.post1',
    '(',
    ')',
    ',',
    '[',
    ']',
    '[x]',
  ],
  ...[
    ';',
    'python_version > "3"',
    '@',
    '#',
    ' #',
    '\\',
    ' \\',
    '\\\n',
    ' \\\n    ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    ' ',
  ],
  ...[
    hash,
    ` ${hash}`,
    '--hash',
    '--pre',
    ' --pre',
    '--require-hashes\n',
    '--only-binary=:all:',
    '--only-binary',
    '"',
    "'",
  ],
  ...[
    '-i',
    '-i https://h',
    '--index-url=https://h',
    '--extra',
    '--trusted-host h',
    '-f x',
    '-e .',
    '-r x',
    '-c x',
    '-',
  ],
  ...['./a', 'a.whl', 'https://h/a.zip', '$\u007bA}', '$', '\u2028', '\u00a0', '\x0c', '\ufeff', '# coding: latin-1\n'],
);
const plain = fc.constantFrom('a==1.0', 'b[x]==2', 'c', 'd>=1', `e==1 ${hash}`, '# note', '', '--pre', 'f==1 # note');
const lines = fc.array(
  fc.oneof({ weight: 2, arbitrary: plain }, { weight: 1, arbitrary: fc.array(word).map((w) => w.join('')) }),
);

it('what is read is what pip would install, and never from elsewhere', () => {
  const texts = fc.sample(
    lines.map((given) => given.join('\n')),
    { numRuns: 3000, seed: 20260131 },
  );
  const answers = pip(texts);
  let compared = 0;
  for (const [i, text] of texts.entries()) {
    const { requirements, problems } = parseRequirements(Buffer.from(text));
    const answer = answers[i];
    if (problems.length > 0 || answer === undefined) continue;
    const ours = requirements.map(({ name, extras, specifier, hashes }) => ({
      name,
      url: null,
      extras: [...new Set(extras)].sort(),
      specifier: specifier === '' ? [] : [...new Set(specifier.split(','))].sort(),
      hashes,
    }));
    // Markers are kept as they stand, for pip to judge.
    if (answer.error !== undefined && requirements.some(({ marker }) => marker !== '')) continue;
    expect([text, answer], text).toEqual([text, { found: ours, elsewhere: [] }]);
    compared += requirements.length;
  }
  expect(compared).toBeGreaterThan(500);
});
