// Written by npm run gen.
import type { SchemaError } from './layer/schema-errors.js';
export type Validator = ((data: unknown) => boolean) & { errors?: SchemaError[] | null };
export declare const validateManifest: Validator;
