import { managementFolder } from '../../layer/names.js';
import type { Fact } from './fact.js';

export const copies: Fact<'copies'> = {
  dependsOn: (path) => !path.startsWith(`${managementFolder}/`),
  async learn({ policy, subject: { tree } }) {
    const sources = Object.values(policy.layers).filter(({ build }) => build === 'source');
    if (sources.length === 0) return [];
    // No hook asks for it.
    const { findCopies } = await import('../../layer/copies.js');
    const all = await tree.paths();
    const inside = (await Promise.all(sources.map(({ source }) => tree.list(source)))).flat();
    const same = all.holding(new Set(inside.map(({ oid }) => oid)));
    const places = new Map([...inside, ...same].map((entry) => [`${entry.path}\0${entry.pathBytes}`, entry]));
    return findCopies([...places.values()], policy, () => new Set(Array.from(all, ({ path }) => path)));
  },
};
