import { failure } from '../errors.js';
import { parseJsonBytes } from '../layer/json.js';
import { jsonText } from '../layer/released-manifest.js';
import type { Env } from '../ports.js';
import type { Plan, Request, WritingCommand } from './plan.js';
import type { WritingGiven } from './writing-flags.js';

export const absolute = (env: Pick<Env, 'cwd'>, file: string) =>
  file.startsWith('/') || /^[A-Za-z]:/.test(file) ? file : `${env.cwd}/${file}`;

export async function savePlan(env: Env, file: string, plan: Plan): Promise<void> {
  await env.files.write(absolute(env, file), new TextEncoder().encode(jsonText(plan)));
}

/**
 * Reads a saved plan. Its steps are never run: the plan is made anew from what it was made from, and runs only if it comes
 * out the same. So a file that somebody edited cannot do anything a release would not do.
 */
export async function savedPlan(env: Env, file: string, command: WritingCommand): Promise<Plan> {
  const refuse = (problem: string) => failure('plan-unreadable', { file, problem });
  const bytes = await env.files.read(absolute(env, file));
  if (bytes === null) throw refuse('there is no such file');
  const { value, problems } = parseJsonBytes(bytes);
  const [first] = problems;
  if (first !== undefined) throw refuse(`line ${first.line}: ${first.what}`);
  const plan = value as Partial<Plan> | null;
  if (plan?.schema !== 1 || plan.command !== command || !isRequest(plan.request) || typeof plan.user !== 'string') {
    throw refuse(`it is not a ${command} plan of this version`);
  }
  const date = typeof plan.date === 'string' ? Date.parse(plan.date) : Number.NaN;
  if (Number.isNaN(date) || new Date(date).toISOString() !== plan.date) throw refuse('its date is none');
  if (date > env.now() + 300_000) throw refuse('it is from the future');
  return plan as Plan;
}

function isRequest(request: Partial<Request> | undefined): request is Request {
  const flags = [request?.all, request?.record, request?.commit, request?.tag, request?.attach];
  const texts = [request?.from, request?.emergency];
  const areNames = Array.isArray(request?.names) && request.names.every((name) => typeof name === 'string');
  return (
    typeof request?.environment === 'string' &&
    isArchiving(request.archive) &&
    (request.push === undefined || request.push === true) &&
    [request.sign, request.signedBy].every((file) => file === undefined || typeof file === 'string') &&
    areNames &&
    flags.every((flag) => typeof flag === 'boolean') &&
    texts.every((text) => text === null || typeof text === 'string')
  );
}

function isArchiving(archive: Request['archive']): boolean {
  if (archive === undefined) return true;
  const { olderThan, to } = archive ?? {};
  return Number.isSafeInteger(olderThan) && (to === null || typeof to === 'string');
}

/** A plan says all by itself; what is said beside it has to agree, so that a plan for prod is not run as one for dev. */
export function refuseOtherWords(
  env: Pick<Env, 'cwd'>,
  file: string,
  { request }: Plan,
  given: WritingGiven,
  names: readonly string[],
): void {
  const { environment, from, all, record, attach, commit, tag, emergency } = request;
  const asked = [...new Set(names)].sort().join(' ');
  const differs: [string, boolean][] = [
    ['--env', (given.env ?? environment) !== environment],
    ['--to', (given.to ?? environment) !== environment],
    ['--from', (given.from ?? from) !== from],
    ['--all', given.all === true && !all],
    ['--record', given.record === true && !record],
    ['--no-attach', given['no-attach'] === true && attach],
    ['--no-commit', given['no-commit'] === true && commit],
    ['--no-tag', given['no-tag'] === true && tag],
    ['--emergency', (given.emergency ?? emergency) !== emergency],
    ['--sign', given.sign !== undefined && absolute(env, given.sign) !== request.sign],
    ['--signed-by', given['signed-by'] !== undefined && absolute(env, given['signed-by']) !== request.signedBy],
    ['--push', given.push === true && request.push !== true],
    [asked, asked !== '' && asked !== [...request.names].sort().join(' ')],
  ];
  const found = differs.find(([, does]) => does);
  if (found !== undefined) throw failure('plan-otherwise', { file, words: found[0], environment });
}

/** Fails with `plan-stale` unless both are the same, to the last byte. */
export function refuseOtherPlan(saved: Plan, made: Plan): void {
  if (jsonText(saved) === jsonText(made)) return;
  const problem =
    saved.commit !== made.commit
      ? `it was made for commit ${String(saved.commit).slice(0, 12)}, and HEAD is ${made.commit.slice(0, 12)}`
      : saved.branch !== made.branch
        ? `it was made on ${saved.branch ?? 'a detached HEAD'}, and this is ${made.branch ?? 'a detached HEAD'}`
        : 'what is published, recorded or tagged, or the policy, is not what it was when the plan was made';
  throw failure('plan-stale', { problem, fix: 'Make it anew and review it again: --plan-out FILE' });
}
