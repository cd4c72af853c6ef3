/** One function as an environment has it, settled or not: `$LATEST`, or a published version. */
export interface FunctionState {
  functionName: string;
  /** `$LATEST`, or the number of a version that never changes. */
  version: string;
  arn: string;
  runtime: string;
  architectures: string[];
  /** Layer version ARNs in merge order, foreign ones too. */
  layers: string[];
  /** Hex, of the zip that is its code. */
  codeSha256: string;
  /** The key of that zip, where the environment remembers it. */
  codeKey?: string;
  /** Changes with every change of the function, twice while one is under way; read again before it is used. */
  revision: string;
  status: 'ready' | 'updating' | 'failed';
  /** Why, when the last update failed. */
  reason: string | null;
}

/** A name that leads callers to a published version. */
export interface Alias {
  version: string;
  /** Other versions that take a share of the calls. */
  others: string[];
  /** Changes with every move. */
  revision: string;
}

/** What a function is made with where there is none. */
export interface NewFunction {
  /** `handler.lambda_handler` */
  handler: string;
  runtime: string;
  architectures: string[];
}

/** What a function answered. */
export interface Invocation {
  /** Null: the handler returned. Else the kind of error, `Unhandled` mostly: the service itself says 200 all the same. */
  functionError: string | null;
  /** What the handler returned, or the error it raised, as bytes of JSON. */
  payload: Uint8Array;
  /** The end of its log, 4 kB at most; null where there is none. */
  log: string | null;
  /** Milliseconds as the service reports them; null where it does not. */
  durationMs: number | null;
  initMs: number | null;
}

/**
 * The functions of one environment. Nothing here creates or deletes one, or writes its environment variables, but for the
 * folder registry, where `setCode` makes what is not there.
 */
export interface Functions {
  environment: string;
  /** Null where there is none of that name. `qualifier`: an alias or the number of a version, instead of `$LATEST`. */
  get(functionName: string, qualifier?: string): Promise<FunctionState | null>;
  /**
   * Replaces the whole layer list, if the function is still at `revision`; else fails with `function-changed`, and with
   * `function-busy` while another update is under way. Returns before the update has settled.
   */
  setLayers(functionName: string, layers: readonly string[], revision: string): Promise<void>;
  /**
   * Replaces the code by the stored object of that digest, under the same conditions. `revision` null: there is none of
   * that name, and it is made with `fresh`; a cloud account makes none, and fails with `function-absent`.
   */
  setCode(
    functionName: string,
    object: { key: string; sha256: string },
    revision: string | null,
    fresh: NewFunction,
  ): Promise<void>;
  /**
   * Makes a version of `$LATEST`, if that is still at `revision` and its code of that digest; gives its number. Where nothing
   * changed since the last one it is that again, so that trying again does no harm.
   */
  publish(functionName: string, code: { sha256: string; revision: string }): Promise<string>;
  /** All versions, newest first, without `$LATEST`. */
  versions(functionName: string): Promise<FunctionState[]>;
  /** Null where the function has none of that name. */
  alias(functionName: string, alias: string): Promise<Alias | null>;
  /**
   * Has it lead to another version, if it is still at `revision`; else fails with `function-changed`. `revision` null: there is
   * none, and it is made; a cloud account makes none, and fails with `alias-absent`.
   */
  setAlias(functionName: string, alias: string, version: string, revision: string | null): Promise<void>;
  /** Polls until nothing is under way; fails with `function-failed` or, at its deadline, `function-unsettled`. */
  settled(functionName: string, qualifier?: string): Promise<FunctionState>;
  /** Asks, before the first write, whether it takes what nobody signed; fails with `function-signed`. */
  prove(functionName: string): Promise<void>;
  /** Runs it once with an event, bytes of JSON. Fails with `function-absent` where there is none. */
  invoke(functionName: string, event: Uint8Array, qualifier?: string): Promise<Invocation>;
  /** The function's whole configuration for a snapshot, values of its environment variables left out. Fails with `function-absent`. */
  configuration(functionName: string): Promise<Record<string, unknown>>;
  /** Every version ARN of layers that any function, published version or alias of this environment refers to. */
  references(): Promise<{ arn: string; by: string }[]>;
}
