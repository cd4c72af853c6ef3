import { type Declared, isLayer } from './declared.js';

/** What stands in for a README until somebody writes one. */
export function readmeText(one: Declared): string {
  const published = (isLayer(one) ? one.layerName : one.functionName).replace('{name}', one.name);
  const what = isLayer(one) ? 'layer' : 'function';
  const terms = isLayer(one)
    ? `for ${one.runtimes.join(', ')} on ${one.architectures.join(', ')}`
    : `with the layers ${one.layers.join(', ') || '(none)'}`;
  return [
    `# ${one.name}`,
    '',
    `A Lambda ${what}, built from \`${one.source}\`; its version is \`${one.versionKey}\` in VERSION.`,
    '',
    `- Published as \`${published}\`, ${terms}.`,
    '- What is released, and where it is published, is in `manifest.json` beside this file; `layer-policy release` writes it.',
    '- Earlier versions are in `layer_management/archive/`, by the month in which they were superseded.',
    '',
    '## What it is for',
    '',
    `One or two sentences for whoever ${isLayer(one) ? 'imports' : 'calls'} it. A major version changes this page.`,
    '',
  ].join('\n');
}
