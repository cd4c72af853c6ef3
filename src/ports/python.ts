import type { Invocation } from './functions.js';
import type { ZipSource } from './zip.js';

export interface ImportRequest {
  /** The interpreter's name on PATH: `python3.11`. */
  runtime: string;
  /** Each is unpacked into a folder of its own; these folders in it are on Python's path, in this order. */
  zips: { source: ZipSource; folders: string[] }[];
  modules: string[];
}

export interface FailedImport {
  module: string;
  /** In Python's words: `ModuleNotFoundError: No module named 'x'`. */
  error: string;
}

export interface InvokeRequest {
  functionName: string;
  arn: string;
  runtime: string;
  /** `handler.lambda_handler` */
  handler: string;
  code: ZipSource;
  /** In merge order. */
  layers: ZipSource[];
  /** JSON. */
  event: Uint8Array;
  /** In seconds. */
  limit: number;
}

export interface Python {
  /**
   * Imports modules with a real interpreter that sees nothing but its own library and these zips. Runs their code, for a
   * limited time and with none of our variables. Null: there is no such interpreter. Only zips that were judged may come
   * here; fails with `zip-invalid` where one is not what it was then.
   */
  importAll(request: ImportRequest): Promise<FailedImport[] | null>;
  /**
   * Calls a handler once with a real interpreter, the function's code and its layers where Lambda has them on Python's
   * path. What fails in there is an answer, with the service's own words. Null: there is no such interpreter.
   */
  invoke(request: InvokeRequest): Promise<Invocation | null>;
}
