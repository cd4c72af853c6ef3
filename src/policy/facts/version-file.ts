import { readVersionFile } from '../../layer/versioned.js';
import type { Fact } from './fact.js';

export const versionFile: Fact<'versionFile'> = {
  dependsOn: (path, policy) => path === policy.versionFile,
  async learn({ git, policy, subject: { tree } }) {
    const entry = await tree.entry(policy.versionFile);
    const exists = entry?.mode.startsWith('100') ?? false;
    const { values, lines, problems } = await readVersionFile(git, entry);
    const declared = [...Object.values(policy.layers), ...Object.values(policy.functions)].map(
      ({ name, versionKey: key }) => ({ name, key, value: values.get(key) ?? null, line: lines.get(key) ?? null }),
    );
    const versioned = Object.keys(policy.versioned).filter((key) => !values.has(key));
    return { path: policy.versionFile, exists, problems, declared, missingVersioned: versioned };
  },
};
