import { extraField, folder, forge, good, many } from './forge.js';

/** What a strict reader takes, although some writer other than ours made it. */
export const honestOnes: Record<string, () => Buffer> = {
  'nothing in it': () => forge([]),
  'one file': () => forge([good]),
  'folders with entries of their own': () => forge([folder('python/'), folder('python/core/'), good]),
  'a folder told after its files': () => forge([good, folder('python/core/')]),
  stored: () => forge([{ ...good, stored: true }]),
  'an empty file': () => forge([{ ...good, data: '' }]),
  'times and owners, longer in front': () =>
    forge([
      {
        ...good,
        local: { extra: Buffer.concat([extraField(0x5455, Buffer.alloc(9)), extraField(0x7875, Buffer.alloc(11))]) },
        central: { extra: Buffer.concat([extraField(0x5455, Buffer.alloc(5)), extraField(0x7875, Buffer.alloc(11))]) },
      },
    ]),
  'deflate speed bits': () => forge([{ ...good, both: { flags: 2 } }]),
  'UTF-8 mark on an ASCII name': () => forge([{ ...good, both: { flags: 0x800 } }]),
  'permissions without a type': () => forge([{ ...good, mode: 0o644 }]),
  'group may write': () => forge([{ ...good, mode: 0o100664 }]),
  'another date': () => forge([{ ...good, both: { date: 0x5c21, time: 0x6000 } }]),
  'an emoji': () => forge([{ ...good, name: 'python/\u{1f600}.py' }]),
  'a small file of one letter': () => forge([{ name: 'a.txt', data: 'a'.repeat(1_000_000) }]),
  '1024 bytes of name': () => forge([{ ...good, name: `${`${'d'.repeat(254)}/`.repeat(4)}a.py` }]),
  '64 folders in one another': () => forge([{ ...good, name: `${'d/'.repeat(64)}a.py` }]),
  '20,000 entries': () => forge(many(20_000)),
  'a nested zip, which is not opened': () =>
    forge([{ name: 'inner.zip', data: forge([{ name: '../evil', data: 'x' }]) }]),
};
