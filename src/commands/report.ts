import { resolve } from 'node:path';
import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { overview } from '../overview/look.js';
import { base64Of, page } from '../report/page/page.js';
import { defineCommand } from './command.js';

const mostPoints = 100;

export const report = defineCommand({
  name: 'report',
  summary: 'Writes one page that shows what runs where, every release from commit to function, sizes and findings.',
  args: '',
  flags: {
    html: { type: 'string', value: 'FILE', help: 'the page; it stands alone and asks for nothing' },
    points: {
      type: 'string',
      value: 'N',
      help: `commits of the history to judge for it (default 8, at most ${mostPoints})`,
    },
  },
  examples: [
    ['layer-policy report --html layers.html', 'open it in any browser; it needs no network'],
    ['layer-policy report --json', 'the same facts for a program'],
  ],
  async run(env, given) {
    if (given.html === undefined && !given.json) {
      throw failure('usage', { problem: 'Say where to write it: --html layers.html', command: 'report' });
    }
    const points = Number(given.points ?? '8');
    if (!/^[1-9]\d*$/.test(given.points ?? '8') || points > mostPoints) {
      throw failure('usage', { problem: `--points takes a number from 1 to ${mostPoints}.`, command: 'report' });
    }
    const path = given.html === undefined ? undefined : resolve(env.cwd, given.html);
    if (path !== undefined && (await env.files.look(path))?.kind === 'folder') {
      const fix = `${given.html?.replace(/\/+$/, '')}/layers.html`;
      throw failure('usage', { problem: `${given.html} is a folder. Name the file: --html ${fix}`, command: 'report' });
    }
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to look at' });
    const config = await loadConfig(env, given, env.git.tree(head));
    const found = await overview(env, given, config, { head, points });
    const { html: file } = given;
    if (path !== undefined) {
      await env.files.write(path, new TextEncoder().encode(page(found, base64Of(env.sha256))));
    }
    return {
      exit: exitCodes.ok,
      document: { schema: 1, ok: true, file: file ?? null, ...found },
      text: (style) =>
        `${style.green('✔')} ${file}: ${found.layers.length} layers, ${found.releases.length} releases\n`,
    };
  },
});
