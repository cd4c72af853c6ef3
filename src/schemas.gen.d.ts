// Written by npm run gen.
import type { SchemaError } from './layer/schema-errors.js';
export type Validator = ((data: unknown) => boolean) & { errors?: SchemaError[] | null };
export declare const validateConfig: Validator;
export declare const validateManifest: Validator;
export declare const validateArchiveAgeOptions: Validator;
export declare const validateLayerLayoutOptions: Validator;
export declare const validateLayerSourceOptions: Validator;
export declare const validateManifestSchemaOptions: Validator;
export declare const validateNoBuildCommitsOptions: Validator;
export declare const validateNoLayerCopiesOptions: Validator;
export declare const validateNoRootArnOptions: Validator;
export declare const validateNoStrayZipsOptions: Validator;
export declare const validatePinnedRequirementsOptions: Validator;
export declare const validateReadmeOnMajorOptions: Validator;
export declare const validateSafePathsOptions: Validator;
export declare const validateSemverNamingOptions: Validator;
export declare const validateVersionBumpOptions: Validator;
export declare const validateVersionFileOptions: Validator;
