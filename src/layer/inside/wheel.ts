import { glibcOf, minorOf } from './runtime.js';

/** `bs4-4.12.0.dist-info/WHEEL`: who put the package there noted for what it is compiled. Windows wrote it with a backslash. */
export function isWheelFile(path: string): boolean {
  return /[^\\/]\.dist-info[\\/]WHEEL$/.test(path);
}

/** The `Tag:` lines; one may stand for several, `py2.py3-none-any`. */
export function readWheelTags(text: string): string[] {
  const tags = text.slice(0, 65_536).matchAll(/^Tag:[ \t]*([\w.]+-[\w.]+-[\w.]+)[ \t]*\r?$/gm);
  return [...new Set([...tags].slice(0, 100).flatMap(([, tag]) => expanded(tag as string)))];
}

function expanded(tag: string): string[] {
  const parts = tag.split('-').map((part) => part.split('.').slice(0, 10));
  const [pythons, abis, platforms] = parts as [string[], string[], string[]];
  return pythons.flatMap((python) => abis.flatMap((abi) => platforms.map((on) => `${python}-${abi}-${on}`)));
}

/** Whether pip would install it there. */
export function fits(tag: string, runtime: string, architecture: string): boolean {
  const [python, abi, platform] = tag.split('-') as [string, string, string];
  return fitsPython(python, abi, minorOf(runtime)) && fitsPlatform(platform, glibcOf(runtime), architecture);
}

function fitsPython(python: string, abi: string, minor: number): boolean {
  const [, kind, digits] = /^(py|cp)3(\d*)$/.exec(python) ?? [];
  // 0 of `py3`; of what is neither, a number that none is like.
  const atLeast = Number(digits);
  if (kind === 'py') return abi === 'none' && atLeast <= minor;
  return abi === 'abi3' ? atLeast <= minor : atLeast === minor && (abi === 'none' || abi === python);
}

const aliases: Record<string, number> = { manylinux1: 5, manylinux2010: 12, manylinux2014: 17, linux: 0 };

function fitsPlatform(platform: string, glibc: number, architecture: string): boolean {
  if (platform === 'any') return true;
  const machine = architecture === 'arm64' ? 'aarch64' : architecture;
  if (!platform.endsWith(`_${machine}`)) return false;
  const system = platform.slice(0, -machine.length - 1);
  const needs = aliases[system] ?? Number(/^manylinux_2_(\d{1,3})$/.exec(system)?.[1] ?? Number.NaN);
  return needs <= glibc;
}
