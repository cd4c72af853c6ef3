import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minorOf } from '../../../layer/inside/runtime.js';
import type { Pin } from '../../../layer/packages/asked.js';
import { platformTags, rankOf, uvPlatform } from '../../../layer/packages/platforms.js';
import { type ListedFile, type ListedPackage, readPylock } from '../../../layer/packages/pylock.js';
import { parseWheelName } from '../../../layer/packages/wheel-name.js';
import { distributionName } from '../../../layer/python-modules.js';
import { bringFile } from './bring-file.js';
import { buildWheel, toolsFile } from './build-wheel.js';
import type { Download, Installer, Target } from './installer.js';
import { requirementText } from './requirement-text.js';
import { indexOf } from './settings.js';
import { trouble } from './trouble.js';
import { withoutWheels } from './without-wheels.js';
import type { Workshop } from './workshop.js';

const quiet = ['--no-cache', '--no-config', '--no-python-downloads', '--color', 'never'];

/**
 * uv, which resolves in a fraction of pip's time but brings no files, so that we bring them by the addresses it tells.
 * Null where there is none, and where that takes what we do not have: the way through a proxy, or a password.
 */
export async function findUv(shop: Workshop): Promise<Installer | null> {
  const { vars } = shop;
  const proxies = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
  if (proxies.some((name) => vars[name]) || indexOf(vars).includes('@')) return null;
  const { code, stdout } = await shop.run('uv', ['--version']);
  const version = /^uv (\d+\.\d+\S*)/.exec(stdout)?.[1];
  return code === 0 && version !== undefined ? uv(shop, `uv ${version}`) : null;
}

function uv(shop: Workshop, id: string): Installer {
  const compile = (lines: readonly string[], options: readonly string[]) => {
    const list = join(shop.folder('uv'), 'list.in');
    writeFileSync(list, lines.map((line) => `${line}\n`).join(''));
    return shop.run('uv', ['pip', 'compile', ...quiet, '--no-header', '--no-annotate', ...options, list]);
  };
  const listed = ['--no-deps', '--format', 'pylock.toml'];
  const bring = ({ url, sha256 }: ListedFile): Promise<Download> => bringFile(shop, url, sha256);

  return {
    id,
    async wheels(pins, target) {
      const options = [...listed, ...placeOptions(target), '--only-binary', ':all:'];
      const { answer, open, without } = await withoutWheels(pins, {
        ask: (some) => compile(some.map(lineOf), options),
        missingIn,
        failureOf: (ended) => trouble(shop, id, ended),
      });
      const packages = readPylock(answer?.stdout ?? '', indexOf(shop.vars));
      const best = open.map((pin) => ({ pin, file: bestOf(packages, pin, target) }));
      const none = best.flatMap(({ pin, file }) => (file === null ? [pin] : []));
      const files = best.flatMap(({ file }) => file ?? []);
      return { wheels: await together(files, bring), without: [...without, ...none] };
    },
    async source(pin) {
      const ended = await compile([lineOf(pin)], [...listed, '--no-binary', ':all:']);
      const failed = ended.code === 0 ? null : trouble(shop, id, ended);
      if (failed?.code === 'index-unreachable') throw failed;
      const [found] = readPylock(ended.stdout, indexOf(shop.vars));
      return found?.source ? bring(found.source) : null;
    },
    build: (source) =>
      buildWheel(shop, id, source, ({ from, into, tools }) => {
        const options = ['--wheel', '--build-constraints', tools, '--out-dir', into, from];
        return shop.run('uv', ['build', ...quiet, ...options]);
      }),
    async resolve(roots, target) {
      const lines = roots.map((root) => requirementText({ ...root, hashes: [] }));
      const first = await compile(lines, [...placeOptions(target), '--only-binary', ':all:']);
      // What has no wheel is read from its source, with the build tools that its wheel would be built with.
      const held = ['--build-constraints', toolsFile(shop)];
      const ended = first.code === 0 ? first : await compile(lines, [...placeOptions(target), ...held]);
      if (ended.code !== 0) throw trouble(shop, id, ended);
      return [...ended.stdout.matchAll(/^([A-Za-z0-9._-]+)==(\S+)$/gm)].map(([, name = '', version = '']) => {
        return { name: distributionName(name), version };
      });
    },
  };
}

/** Hashes are compared when the file is here: uv would ask for those of all files of a version. */
function lineOf(pin: Pin): string {
  return requirementText({ ...pin, hashes: [] });
}

function placeOptions({ runtime, architecture, glibc }: Target): string[] {
  return ['--python-version', `3.${minorOf(runtime)}`, '--python-platform', uvPlatform(glibc, architecture)];
}

/** The wheel that pip would take. */
function bestOf(packages: readonly ListedPackage[], pin: Pin, target: Target): ListedFile | null {
  const platforms = target.natives === 'forbid' ? [] : platformTags(target.glibc, target.architecture);
  const wheels = packages.find(({ name }) => name === pin.name)?.wheels ?? [];
  const ranked = wheels.flatMap((wheel) => {
    const rank = rankOf(parseWheelName(wheel.file)?.tags ?? [], { runtime: target.runtime, platforms });
    const isLocked = pin.hashes.length === 0 || wheel.sha256 === null || pin.hashes.includes(`sha256:${wheel.sha256}`);
    return rank === null || !isLocked ? [] : [{ wheel, rank }];
  });
  ranked.sort((a, b) => a.rank - b.rank || (a.wheel.file < b.wheel.file ? 1 : -1));
  return ranked[0]?.wheel ?? null;
}

/** The package that keeps all from being resolved, where that is for want of a wheel or of that version. */
function missingIn(said: string): string | null {
  const text = said.replace(/\s+/g, ' ');
  const found =
    /([A-Za-z0-9._-]+)==\S+ has no (?:usable )?wheels/.exec(text) ??
    /there is no version of ([A-Za-z0-9._-]+)==/.exec(text) ??
    /Because ([A-Za-z0-9._-]+) was not found/.exec(text);
  return found?.[1] === undefined ? null : distributionName(found[1]);
}

/** A few at a time. */
async function together(files: readonly ListedFile[], bring: (file: ListedFile) => Promise<Download>) {
  const brought: Download[] = [];
  const work = files.values();
  const worker = async () => {
    for (const file of work) brought.push(await bring(file));
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return brought.sort((a, b) => (a.file < b.file ? -1 : 1));
}
