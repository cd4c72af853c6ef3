import { type Failure, failure } from '../../../errors.js';
import type { Ended } from './run.js';
import { indexOf, indexVariable, masked } from './settings.js';
import type { Workshop } from './workshop.js';

const network =
  /connection broken|ConnectionError|NewConnectionError|Could not fetch URL|timed out|TimeoutError|name resolution|Max retries|SSLError|unreachable|error sending request|dns error|tcp connect|Failed to fetch|HTTP status (?:client|server) error|not a trusted or secure host|HTTP error (?:4(?:0[137]|29)|5\d\d)|ProxyError|Connection refused|Connection reset/i;

/** A child that did not do what it was asked, in words of ours; what it said itself is in there, without passwords. */
export function trouble(shop: Pick<Workshop, 'vars'>, what: string, { code, stderr, stdout }: Ended): Failure {
  const said = masked(stderr || stdout);
  if (said.includes('DO NOT MATCH THE HASHES')) {
    const name = /^\s+(\S+) from /m.exec(said)?.[1] ?? 'a package';
    const now = /^\s+Got\s+([0-9a-f]+)/m.exec(said)?.[1] ?? 'another one';
    return hashRefused(name, `what the index has now is ${now}`);
  }
  const [, broken, why] = /ERROR: (\S+) has an invalid wheel, ([^\n]*)/.exec(said) ?? [];
  if (broken !== undefined) {
    return failure('package-refused', { package: broken, problem: why ?? '', fix: 'Take another version of it.' });
  }
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const telling = network.test(said) ? lines.find((line) => network.test(line)) : undefined;
  if (telling !== undefined) return unreachable(shop, telling);
  const errors = lines.filter((line) => /error|cause|because/i.test(line));
  const problem = (errors.length > 0 ? errors : lines).slice(-2).join(' ').slice(0, 500);
  return failure('installer-failed', { what, problem: problem || `it ended with ${code ?? 'a signal'}` });
}

export function unreachable({ vars }: Pick<Workshop, 'vars'>, problem: string): Failure {
  return failure('index-unreachable', {
    index: masked(indexOf(vars)),
    problem: masked(problem).trim().slice(0, 300),
    variable: indexVariable,
  });
}

/** What came is not what was locked. */
export function hashRefused(name: string, problem: string): Failure {
  return failure('package-refused', {
    package: name,
    problem: `it has none of the hashes that are locked: ${problem}`,
    fix: 'Find out who changed it. If it is what you want, make the lock anew (layer-policy lock) and look at what changes.',
  });
}
