import { delimiter } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openObjects } from '../../../src/io/git/objects.js';
import { exampleRepo } from '../../kit/example.js';
import { exec, writeFiles } from '../../kit/files.js';
import { tempFolder } from '../../kit/temp.js';

it('a cat-file that ended while nobody waited is a failure to whoever asks next, not silence', async () => {
  const r = exampleRepo();
  const bin = tempFolder('bin');
  const once = `IFS= read -r name; printf "%s\\n" "$name" | PATH=\${PATH#*:} git cat-file --batch`;
  writeFiles(bin, { git: exec(`#!/bin/sh\n${once}\n`) });
  const vars = { ...r.env, PATH: [bin, r.env.PATH].join(delimiter) };
  const objects = openObjects({ cwd: r.dir, vars, started() {} });
  expect(await objects.get('HEAD^{commit}', 0)).toMatchObject({ oid: r.head() });
  await setTimeout(300);
  await expect(objects.get('HEAD^{tree}', 0)).rejects.toMatchObject({ code: 'git-failed', exit: 4 });
  objects.close();
});
