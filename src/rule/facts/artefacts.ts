/** What is built, and of what. */

import type { BrokenImport } from '../../layer/imports/closure.js';
import type { ArtefactProblem } from '../../layer/problems/problem.js';
import type { PythonName } from '../../layer/python-modules.js';
import type { Requirements } from '../../layer/requirements.js';

/** The requirements file of a declared layer, or the lock beside it, which such a layer is then built from. */
export interface RequirementsFile extends Requirements {
  layer: string;
  path: string;
  exists: boolean;
  /** There is a lock beside these requirements. */
  hasLock: boolean;
}

/** What is wrong with a finished zip, measured on the zip itself. */
export interface JudgedArtefact {
  /** Relative to the root where it lies below it. */
  file: string;
  /** The declared layer or function it is; null: none that the policy knows. */
  name: string | null;
  problems: ArtefactProblem[];
}

/** A declared function that uses layers. */
export interface FunctionModules {
  name: string;
  /** What lies directly in its folder. */
  carries: (PythonName & { path: string })[];
  /** What its layers put on Python's path; of requirements, what their names tell. */
  provided: (PythonName & { layer: string })[];
}

/** What a declared function imports, itself or through its source layers, and will not find on Lambda. */
export interface FunctionImport extends BrokenImport {
  name: string;
  layers: string[];
}
