import type { Layer } from './declarations.js';

/** What stands in for a README until somebody writes one. */
export function readmeText(layer: Layer): string {
  const published = layer.layerName.replace('{name}', layer.name);
  return [
    `# ${layer.name}`,
    '',
    `A Lambda layer, built from \`${layer.source}\`; its version is \`${layer.versionKey}\` in VERSION.`,
    '',
    `- Published as \`${published}\`, for ${layer.runtimes.join(', ')} on ${layer.architectures.join(', ')}.`,
    '- What is released, and where it is published, is in `manifest.json` beside this file; `layer-policy release` writes it.',
    '- Earlier versions are in `layer_management/archive/`, by the month in which they were superseded.',
    '',
    '## What it is for',
    '',
    'One or two sentences for whoever imports it. A major version changes this page.',
    '',
  ].join('\n');
}
