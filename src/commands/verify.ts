import { resolve } from 'node:path';
import { type LoadedConfig, loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { targetOf, targetsOf } from '../layer/environments.js';
import { readKey } from '../plan/key.js';
import { archiveEnvironment } from '../plan/store-of.js';
import type { Env, Registry, Store } from '../ports.js';
import { isVerified, verifyDocument, verifyText } from '../report/verify.js';
import { verifyRelease } from '../verify/verify-release.js';
import { defineCommand } from './command.js';

export const verify = defineCommand({
  name: 'verify',
  summary: 'rebuild a release from its recorded commit and compare',
  args: '<name>@<version>',
  flags: {
    env: { type: 'string', value: 'E', multiple: true, help: 'ask this environment too (local is always asked)' },
    archive: { type: 'string', value: 'DIR', help: 'the folder that archive --to moved old months to' },
    key: { type: 'string', value: 'PUB', help: 'the provenance must be signed by this key (Ed25519 or ECDSA, PEM)' },
  },
  examples: [
    ['layer-policy verify inbox-core@1.2.3', 'manifest, archive, tag, registry and .build/ against the commit'],
    ['layer-policy verify inbox-core@1.2.3 --env dev', 'what dev has published, and what left for the archive bucket'],
    ['layer-policy verify inbox-core@1.2.3 --key key.pub.pem', 'and who signed how it came to be'],
  ],
  async run(env, given, args) {
    const [, name, version] = /^([^@]+)@(\d+\.\d+\.\d+)$/.exec(args[0] ?? '') ?? [];
    if (name === undefined || version === undefined || args.length !== 1) {
      throw failure('usage', { problem: 'verify takes one name@version.', command: 'verify' });
    }
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit with the records' });
    const config = await loadConfig(env, given, env.git.tree(head));
    const { environments } = config.declarations;
    const registries: Registry[] = [];
    for (const one of new Set(['local', ...(given.env ?? [])])) {
      for (const target of targetsOf(environments, one)) registries.push(await env.registry(target));
    }
    const key = given.key === undefined ? null : await readKey(env, given.key);
    const store = await archiveOf(env, config, given);
    const verification = await verifyRelease(env, config, head, { name, version, registries, store, key });
    const report = { verification, notices: config.notices };
    return {
      exit: isVerified(report) ? exitCodes.ok : exitCodes.artefact,
      document: verifyDocument(report),
      text: (style) => verifyText(report, style),
    };
  },
});

/** Where old months went: the folder that is named, or the policy's bucket where somebody asks AWS anyway. */
async function archiveOf(
  env: Env,
  { declarations }: LoadedConfig,
  given: { archive?: string; env?: string[] },
): Promise<Store | null> {
  if (given.archive !== undefined) return env.store({ folder: resolve(env.cwd, given.archive) });
  const { environments, archive } = declarations;
  const isAsked = (given.env ?? []).some((name) =>
    targetsOf(environments, name).some(({ target }) => target === 'aws'),
  );
  if (!isAsked || archive.bucket === undefined) return null;
  const environment = targetOf(environments, archiveEnvironment(declarations, { olderThan: 0, to: null }));
  return env.store({ environment, bucket: archive.bucket, prefix: archive.prefix });
}
