import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Types of the public doors. The compiler writes those of all that it read; what no door leads to goes again. */
export function buildTypes(folder: string, doors: readonly string[]): void {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
  const reached = new Set(doors.map((door) => join(folder, door)));
  for (const file of reached) {
    const text = readFileSync(file, 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:\bfrom |\bimport\()["'](\.[^"']+)\.js["']/g)) {
      reached.add(join(dirname(file), `${specifier}.d.ts`));
    }
  }
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.ts') && !reached.has(join(folder, file))) rmSync(join(folder, file));
  }
}
