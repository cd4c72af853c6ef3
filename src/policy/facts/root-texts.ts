import { blobUpTo } from '../../layer/blob.js';
import type { Entry } from '../../ports.js';
import type { Fact } from './fact.js';

/** Beyond this a file is no note somebody keeps an ARN in. */
const limit = 256 * 1024;

export const rootTexts: Fact<'rootTexts'> = {
  async learn({ git, subject }) {
    const judged: Iterable<Entry> = subject.whole
      ? (await subject.tree.paths()).inRoot()
      : (await subject.changes()).filter(({ path, status }) => status !== 'D' && !path.includes('/'));
    const files = [...judged].filter(({ mode }) => mode.startsWith('100'));
    const texts = await Promise.all(
      files.map(async ({ path, oid }) => {
        const bytes = await blobUpTo(git, oid, limit);
        const isText = bytes !== null && !bytes.includes(0);
        return { path, text: isText ? new TextDecoder().decode(bytes) : '' };
      }),
    );
    return texts.filter(({ text }) => text !== '');
  },
};
