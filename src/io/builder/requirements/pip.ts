import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../../../errors.js';
import { minorOf } from '../../../layer/inside/runtime.js';
import { platformTags } from '../../../layer/packages/platforms.js';
import { parseWheelName } from '../../../layer/packages/wheel-name.js';
import { distributionName } from '../../../layer/python-modules.js';
import { buildWheel } from './build-wheel.js';
import { filesIn } from './files-in.js';
import type { Download, Installer, Target } from './installer.js';
import { requirementText } from './requirement-text.js';
import { trouble } from './trouble.js';
import { withoutWheels } from './without-wheels.js';
import type { Workshop } from './workshop.js';

const quiet = [
  ...['--no-cache-dir', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'],
  ...['--retries', '2', '--timeout', '20'],
];

/** pip of the first interpreter that has one; null where none has. */
export async function findPip(shop: Workshop, runtimes: readonly string[]): Promise<Installer | null> {
  for (const python of ['python3', ...runtimes, 'python']) {
    const { code, stdout } = await shop.run(python, ['-m', 'pip', '--version']);
    const [, version, on] = /^pip (\S+) from .* \(python ([\d.]+)\)/.exec(stdout) ?? [];
    if (code === 0 && version !== undefined) return pip(shop, python, `pip ${version} on ${on}`);
  }
  return null;
}

function pip(shop: Workshop, python: string, id: string): Installer {
  const download = async (lines: readonly string[], options: readonly string[]) => {
    const folder = shop.folder('pip');
    const list = join(folder, 'list.txt');
    writeFileSync(list, lines.map((line) => `${line}\n`).join(''));
    const into = shop.folder('files');
    const ended = await shop.run(python, ['-m', 'pip', 'download', ...quiet, ...options, '-d', into, '-r', list]);
    return { ...ended, into };
  };

  const brought = async (into: string): Promise<Download[]> => {
    const files = await filesIn(into);
    if ('problem' in files) throw failure('installer-failed', { what: id, problem: files.problem });
    return files;
  };
  const sourceOf = async (line: string): Promise<Download | null> => {
    const options = ['--no-deps', '--no-binary=:all:', '--use-pep517'];
    const ended = await download([line], options);
    if (ended.code === 0) return (await brought(ended.into))[0] ?? null;
    const failed = trouble(shop, id, ended);
    if (failed.code !== 'index-unreachable' && /No matching distribution found/.test(ended.stderr)) return null;
    throw failed;
  };
  const build: Installer['build'] = (source) =>
    buildWheel(shop, id, source, ({ from, into, tools }) => {
      const options = ['--no-deps', '--use-pep517', '-w', into, from];
      // The second name is what pip 25.3 and newer listen to.
      const constraints = { PIP_CONSTRAINT: tools, PIP_BUILD_CONSTRAINT: tools };
      return shop.run(python, ['-m', 'pip', 'wheel', ...quiet, ...options], constraints);
    });

  return {
    id,
    async wheels(pins, target) {
      const options = ['--no-deps', ...wheelsFor(target)];
      const { answer, without } = await withoutWheels(pins, {
        ask: (open) => download(open.map(requirementText), options),
        missingIn: (said) => nameIn(/No matching distribution found for ([A-Za-z0-9._-]+)==/, said),
        failureOf: (ended) => trouble(shop, id, ended),
      });
      return { wheels: answer === null ? [] : await brought(answer.into), without };
    },
    source: (pin) => sourceOf(requirementText(pin)),
    build,
    async resolve(roots, target) {
      const lines = roots.map(requirementText);
      const links = shop.folder('links');
      const built: string[] = [];
      for (;;) {
        const ended = await download(lines, [...wheelsFor(target), '--find-links', links]);
        if (ended.code === 0) {
          return (await brought(ended.into)).flatMap(({ file }) => {
            const wheel = parseWheelName(file);
            return wheel === null ? [] : [{ name: wheel.name, version: wheel.version }];
          });
        }
        const failed = trouble(shop, id, ended);
        const missing = /No matching distribution found for (\S+)/.exec(ended.stderr)?.[1];
        if (missing === undefined || failed.code === 'index-unreachable' || built.includes(missing)) throw failed;
        // With wheels alone pip gives up at what has none; it is given the one that is made of the source.
        built.push(missing);
        const source = await sourceOf(missing);
        if (source === null) throw failed;
        const wheel = await build(source);
        if ('problem' in wheel) throw failure('installer-failed', { what: id, problem: wheel.problem });
        writeFileSync(join(links, wheel.file), wheel.bytes);
      }
    },
  };
}

function wheelsFor({ runtime, architecture, natives, glibc }: Target): string[] {
  const minor = minorOf(runtime);
  const platforms = natives === 'forbid' ? ['any'] : platformTags(glibc, architecture);
  const abi = natives === 'forbid' ? 'none' : `cp3${minor}`;
  const target = ['--implementation', 'cp', '--python-version', `3.${minor}`, '--abi', abi];
  return ['--only-binary=:all:', ...target, ...platforms.flatMap((platform) => ['--platform', platform])];
}

function nameIn(form: RegExp, said: string): string | null {
  const name = form.exec(said)?.[1];
  return name === undefined ? null : distributionName(name);
}
