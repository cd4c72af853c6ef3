import type { LambdaFunction } from '../layer/declarations.js';
import { publishedName } from '../layer/declared.js';
import type { FunctionState, Functions } from '../ports.js';

/** What a function runs for whoever calls it: where it has an alias, what that leads to. */
export function called(functions: Functions, declared: LambdaFunction): Promise<FunctionState | null> {
  return functions.get(publishedName(declared, functions.environment), declared.alias);
}

/** What callers call: `inbox-ingest-dev:live`. */
export function calledAs(functionName: string, alias: string | undefined): string {
  return alias === undefined ? functionName : `${functionName}:${alias}`;
}
