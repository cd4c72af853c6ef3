import { blobUpTo } from '../../layer/blob.js';
import type { Fact } from './fact.js';

/** Beyond this a file is no note somebody keeps an ARN in. */
const limit = 256 * 1024;

export const rootTexts: Fact<'rootTexts'> = {
  async learn({ git, subject }) {
    const changes = (await subject.changes()).filter(
      ({ path, status, mode }) => status !== 'D' && !path.includes('/') && mode.startsWith('100'),
    );
    const texts = await Promise.all(
      changes.map(async ({ path, oid }) => {
        const bytes = await blobUpTo(git, oid, limit);
        const isText = bytes !== null && !bytes.includes(0);
        return { path, text: isText ? new TextDecoder().decode(bytes) : '' };
      }),
    );
    return texts.filter(({ text }) => text !== '');
  },
};
