import type { Severity } from '../layer/declarations.js';
import type { FactId, Facts } from './facts.js';
import type { Fix } from './fix.js';

/** What `check --stage` judges. */
export const stages = ['pre-commit', 'pre-push', 'ci', 'release', 'all'] as const;
export type Stage = (typeof stages)[number];

/** Where a rule may run: at the stages of `check`, and where a finished zip is judged, of which no commit need know. */
export const ruleStages = [...stages, 'validate'] as const;

/** What a rule says: both texts may hold `{fields}` that the problem's data fills. */
export interface Message {
  message: string;
  /** What to do; a command to copy wherever there is one. */
  hint: string;
  /** Problems of this kind may come with a fix; no others may. */
  fixable?: true;
}

type FieldsIn<Text extends string> = Text extends `${string}{${infer Field}}${infer Rest}`
  ? Field | FieldsIn<Rest>
  : never;

type DataFor<Says extends Message> = Record<FieldsIn<Says['message'] | Says['hint']>, string | number>;

/** One violation at one place. */
export type Problem<Messages extends Record<string, Message> = Record<string, Message>> = {
  [Id in keyof Messages & string]: {
    message: Id;
    /** A path, relative to the root; a folder where the whole folder is meant. */
    file: string;
    pathBytes?: string | undefined;
    line?: number | null;
    commit?: string | null;
    /** The config key of the layer or function it concerns. */
    layer?: string | null;
    /** What in the file it is about (a key, a field), so that two problems of a file are told apart over time. */
    about?: string;
    /** What may be done about it without asking. */
    fix?: Fix | undefined;
    data: DataFor<Messages[Id]> & Record<string, unknown>;
  };
}[keyof Messages & string];

/**
 * A number that is lower or higher (false is lower than true), a list that has fewer or more entries, or values in the
 * order from lax to strict. `free`: nothing is demanded by it.
 */
export type Stricter = 'lower' | 'higher' | 'fewer' | 'more' | 'free' | readonly unknown[];

/** An example is documentation and test: given these facts, exactly these messages come. */
export interface Example<Facts_, Options, Id extends string> {
  name: string;
  given: Partial<Facts_>;
  options?: Partial<Options>;
  problems: readonly Id[];
}

/** What the engine runs. It has no use for examples, so no hook carries any. */
export interface Rule<
  Fact extends FactId = FactId,
  Options extends Record<string, unknown> = Record<string, unknown>,
  Messages extends Record<string, Message> = Record<string, Message>,
> {
  id: string;
  title: string;
  /** The reason, shown with every refusal. One sentence. */
  why: string;
  severity: Exclude<Severity, 'off'>;
  /** What it finds can be in no baseline: what was there before may not go on. */
  firm?: true;
  stages: readonly (typeof ruleStages)[number][];
  /** Whose policy sets it: `base` where a change must not be able to switch it off for itself. Absent: the judged tree's. */
  setBy?: 'base';
  /** What the engine must collect, and all that `check` may see. */
  facts: readonly Fact[];
  /** Facts that are not needed with these options. */
  skip?(options: Options): readonly Fact[];
  /**
   * Marks a rule kind, of which a policy makes instances, and names the options that say what an instance looks for. With
   * their defaults it looks for nothing, and is not run.
   */
  kind?: readonly (keyof Options & string)[];
  options: {
    /** JSON Schema of each option. */
    schema: { readonly [Name in keyof Options]: object };
    /** The values when the policy gives none. */
    defaults: Options;
    /** Which way an option is stricter, for `policy-change`; of one that does not say, any change counts as weaker. */
    stricter?: { readonly [Name in keyof Options]?: Stricter };
  };
  messages: Messages;
  check(facts: Pick<Facts, Fact>, options: Options): Iterable<Problem<Messages>>;
}

type Examples<Fact extends FactId, Options, Messages> = readonly Example<
  Pick<Facts, Fact>,
  Options,
  keyof Messages & string
>[];

/** A rule and what shows it. A rule of a plugin brings its examples; a shipped one has them in a file beside it. */
export interface ShownRule<
  Fact extends FactId = FactId,
  Options extends Record<string, unknown> = Record<string, unknown>,
  Messages extends Record<string, Message> = Record<string, Message>,
> extends Rule<Fact, Options, Messages> {
  examples: Examples<Fact, Options, Messages>;
}

/** Gives a rule its types. An undeclared fact, message or message field is a compile error. */
export function defineRule<
  const Fact extends FactId,
  Options extends Record<string, unknown>,
  const Messages extends Record<string, Message>,
  Shown extends Examples<Fact, Options, Messages> | undefined = undefined,
>(rule: Rule<Fact, Options, Messages> & { examples?: Shown }) {
  return rule as Rule<Fact, Options, Messages> & { examples: Shown };
}

/** The examples of a rule, where they stand in a file of their own. */
export type ExamplesOf<Bare> =
  Bare extends Rule<infer Fact, infer Options, infer Messages> ? Examples<Fact, Options, Messages> : never;

/** For rules without options. */
export const noOptions = { schema: {}, defaults: {} } as const;
