/** The texts that `init` puts into a repository. */

export const buildReadme = `# .build

Made by \`layer-policy build\`: \`workspace/\`, \`layers/\`, \`functions/\` and the \`local\` registry. All of it can be deleted at
any time and is built again from the commit, so git has nothing of it but this file.
`;

export const managementReadme = `# Layer management

What was released, written by \`layer-policy release\` and committed with it. Not edited by hand.

    active/<layer>/manifest.json      the latest release: version, commit, digest, and what each environment runs
    active/<layer>/README.md          what the layer is for; yours to write
    archive/<YYYY-MM>/                superseded versions, by the month in which they were superseded

Versions are in VERSION, the policy is in .layerpolicyrc.json.

    layer-policy bump <name> patch            raise a version
    layer-policy release <name> --env local   gate, build, validate, publish
    layer-policy check --stage all            judge the whole tree
`;

export function layerReadme(layer: { name: string; source: string; versionKey: string }): string {
  return `# ${layer.name}

Lambda layer, built from \`${layer.source}\`; its version is \`${layer.versionKey}\` in VERSION.

What it is for, and who uses it:
`;
}

export function versionText(keys: string[]): string {
  return `# One line for each artefact; raise it in the commit that changes what is packed.\n${versionLines(keys)}`;
}

/** A file of versions that is there is added to, never rewritten. */
export function versionLines(keys: string[]): string {
  return keys.map((key) => `${key}=0.1.0\n`).join('');
}
