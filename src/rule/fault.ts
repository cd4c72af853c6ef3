import { type Problem, type Rule, ruleStages, type ShownRule } from './define.js';
import { nothing } from './facts.js';
import { type Fix, textFlaws } from './fix.js';

const factIds = ['policy', 'today', ...Object.keys(nothing)];

/** What keeps a value from being a rule, to follow its name; null where it is one. */
export function ruleFault(rule: unknown): string | null {
  if (!isObject(rule)) return 'is no rule; make it with defineRule({ … })';
  const { id, title, why, severity, facts, options, messages, examples, check, skip } = rule as Partial<ShownRule>;
  if (typeof id !== 'string' || id === '') return 'has no id';
  if (!isText(title) || !isText(why)) return 'needs a title and a reason (why)';
  if (severity !== 'warning' && severity !== 'error') return 'must have the severity "warning" or "error"';
  const stage = strangerIn(rule.stages, ruleStages);
  if (stage !== null) return `names ${stage} among its stages; there are ${ruleStages.join(', ')}`;
  const fact = strangerIn(facts, factIds);
  if (fact !== null) return `names ${fact} among its facts; there are ${factIds.join(', ')}`;
  if (!isObject(options?.schema) || !isObject(options.defaults))
    return 'needs options: { schema, defaults }, or noOptions';
  const { schema, defaults } = options;
  if (!Object.values(schema).every(isObject)) return 'needs a JSON Schema for each option';
  if (Object.keys(schema).sort().join() !== Object.keys(defaults).sort().join()) {
    return 'needs a schema and a default for each option, by the same names';
  }
  if (rule.kind !== undefined && strangerIn(rule.kind, Object.keys(schema)) !== null) {
    return `names something else than its options as its kind; there are ${Object.keys(schema).join(', ')}`;
  }
  if (!isObject(messages) || !Object.values(messages).every(isMessage)) {
    return 'needs messages: { id: { message, hint } }, texts both';
  }
  if (!Array.isArray(examples)) return 'needs examples';
  if (typeof check !== 'function' || !['function', 'undefined'].includes(typeof skip)) return 'needs a function check';
  return null;
}

/** What keeps a value that a rule yielded from being a problem; null where it is one. */
export function problemFault({ messages }: Pick<Rule, 'messages'>, problem: unknown): string | null {
  if (!isObject(problem)) return 'yielded something that is no problem';
  const { message, file, line, data, ...rest } = problem as Partial<Problem>;
  if (typeof message !== 'string' || !Object.hasOwn(messages, message)) {
    return `yielded the message ${JSON.stringify(message)}; it declares ${Object.keys(messages).join(', ')}`;
  }
  if (!isText(file) || file.startsWith('/') || file.endsWith('/')) {
    return `yielded ${message} without a file: a path from the root, no slash at either end`;
  }
  if (line !== undefined && line !== null && !(Number.isSafeInteger(line) && line > 0)) {
    return `yielded ${message} with the line ${String(line)}; lines are counted from 1`;
  }
  const texts = [rest.commit, rest.layer, rest.about, rest.pathBytes];
  if (!texts.every((text) => text === undefined || text === null || typeof text === 'string')) {
    return `yielded ${message} with a commit, layer, about or pathBytes that is no text`;
  }
  if (rest.fix !== undefined && !isFix(rest.fix)) {
    return `yielded ${message} with a fix that there is not; there are ${Object.keys(fixes).join(', ')}`;
  }
  return dataFault(messages[message] ?? { message: '', hint: '' }, message, data);
}

function dataFault(says: { message: string; hint: string }, message: string, data: unknown): string | null {
  if (!isObject(data)) return `yielded ${message} without data: the fields of its message and hint`;
  const fields = [...`${says.message} ${says.hint}`.matchAll(/\{(\w+)\}/g)].map(([, field]) => field ?? '');
  const missing = fields.find(
    (field) => !Object.hasOwn(data, field) || !['string', 'number'].includes(typeof data[field]),
  );
  if (missing !== undefined) return `yielded ${message} without data.${missing}, a text or a number`;
  try {
    JSON.stringify(data);
    return null;
  } catch {
    return `yielded ${message} with data that JSON cannot say`;
  }
}

/** The first member that is not known, in words; null: it is a list of known ones. */
function strangerIn(list: unknown, known: readonly string[]): string | null {
  if (!Array.isArray(list) || list.length === 0) return 'none';
  const stranger = list.find((one) => !known.includes(one));
  return stranger === undefined ? null : JSON.stringify(stranger);
}

function isMessage(value: unknown): boolean {
  return isObject(value) && isText(value.message) && isText(value.hint);
}

const fixes: Record<Fix['kind'], (fix: Record<string, unknown>) => boolean> = {
  untrack: () => true,
  append: ({ lines }) => Array.isArray(lines) && lines.length > 0 && lines.every((line) => /^[^\r\n]+$/.test(line)),
  normalize: ({ flaw }) => textFlaws.some((one) => one === flaw),
};

function isFix(value: unknown): boolean {
  return isObject(value) && Object.entries(fixes).some(([kind, fits]) => value.kind === kind && fits(value));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
