import { folder, forge, good, other } from './forge.js';

/** Names, kinds and modes that must be refused. */
export const hostileNames: Record<string, () => Buffer> = {
  // Names
  ...named({
    'parent folder': '../evil.py',
    'parent folder inside': 'python/../../evil.py',
    'parent folder last': 'python/..',
    'absolute path': '/etc/passwd',
    'two slashes in front': '//server/share',
    'drive letter': 'C:evil.py',
    'drive letter and backslash': 'C:\\evil.py',
    'network path': '\\\\srv\\evil',
    'backslash parent': '..\\..\\evil.py',
    backslash: 'python\\core.py',
    'NUL in a name': 'python/a.py\0.txt',
    'newline in a name': 'python/a\n.py',
    'escape in a name': 'python/\u001b[31ma.py',
    'C1 control': 'python/\u0085.py',
    'bidi override': 'python/a\u202eyp.exe',
    'zero-width joiner': 'python/a\u200d.py',
    'byte order mark': '\ufeffpython/a.py',
    'line separator': 'python/a\u2028.py',
    'empty name': '',
    'dot part': './a.py',
    'dot part inside': 'python/./a.py',
    'empty part': 'python//a.py',
    'alternate stream': 'python/a.py:ads',
    device: 'python/con.py',
    'device with a dot': 'python/con.',
    'another device': 'LPT1',
    'trailing dot': 'python/a.py.',
    'trailing blank': 'python/a.py ',
    'blank folder': 'python/ /a.py',
    'more than 1024 bytes': `${`${'d'.repeat(254)}/`.repeat(4)}ab.py`,
    '65 folders in one another': `${'d/'.repeat(65)}a.py`,
  }),
  'slash alone': () => forge([folder('/')]),
  'bytes that are not UTF-8, marked as such': () =>
    forge([{ ...good, name: Buffer.from([0x61, 0xff]), both: { flags: 0x800 } }]),
  'bytes beyond ASCII without the mark': () =>
    forge([{ ...good, name: Buffer.from('caf\u00e9.py'), both: { flags: 0 } }]),
  'overlong UTF-8': () => forge([{ ...good, name: Buffer.from([0x61, 0xc0, 0xae]), both: { flags: 0x800 } }]),
  'surrogate in UTF-8': () => forge([{ ...good, name: Buffer.from([0xed, 0xa0, 0x80]), both: { flags: 0x800 } }]),

  // Collisions
  duplicate: () => forge([good, good]),
  'duplicate with other content': () => forge([good, { ...good, data: 'evil\n' }]),
  'case collision': () => forge([good, { ...other, name: 'python/core/__INIT__.py' }]),
  'case collision of folders': () => forge([good, { ...other, name: 'python/CORE/other.py' }]),
  'case collision beyond ASCII': () =>
    forge([
      { ...good, name: 'caf\u00e9' },
      { ...good, name: 'CAF\u00c9' },
    ]),
  'NFC and NFD': () =>
    forge([
      { ...good, name: 'caf\u00e9' },
      { ...good, name: 'cafe\u0301' },
    ]),
  'file and folder': () => forge([{ ...good, name: 'a' }, folder('a/')]),
  'folder and file': () => forge([folder('a/'), { ...good, name: 'a' }]),
  'file under a file': () =>
    forge([
      { ...good, name: 'a' },
      { ...good, name: 'a/b' },
    ]),
  'file over a file': () =>
    forge([
      { ...good, name: 'a/b' },
      { ...good, name: 'a' },
    ]),
  'folder twice': () => forge([folder('a/'), folder('a/'), { ...good, name: 'a' }]),

  // Kinds and modes
  symlink: () => forge([{ name: 'link', data: '/etc/passwd', mode: 0o120777 }]),
  'symlink to a folder': () =>
    forge([
      { name: 'link', data: 'python', mode: 0o120777 },
      { ...good, name: 'link/a' },
    ]),
  'character device': () => forge([{ ...good, mode: 0o020644 }]),
  'block device': () => forge([{ ...good, mode: 0o060644 }]),
  fifo: () => forge([{ ...good, mode: 0o010644 }]),
  socket: () => forge([{ ...good, mode: 0o140755 }]),
  setuid: () => forge([{ ...good, mode: 0o104755 }]),
  setgid: () => forge([{ ...good, mode: 0o102755 }]),
  sticky: () => forge([{ ...good, mode: 0o101644 }]),
  'mode 000': () => forge([{ ...good, mode: 0o100000 }]),
  'mode 0400': () => forge([{ ...good, mode: 0o100400 }]),
  'mode 0640': () => forge([{ ...good, mode: 0o100640 }]),
  'no mode at all': () => forge([{ ...good, central: { external: 0 } }]),
  'folder mode on a file': () => forge([{ ...good, mode: 0o040755 }]),
  'file mode on a folder': () => forge([folder('a/', 0o100755)]),
  'file marked as a folder': () => forge([{ ...good, central: { external: ((0o100644 << 16) | 0x10) >>> 0 } }]),
  'closed folder': () => forge([folder('a/', 0o040700)]),
  'folder with data': () => forge([{ ...folder('a/'), data: 'hidden' }]),
  'folder with deflated nothing': () => forge([{ ...folder('a/'), stored: false }]),
};

function named(names: Record<string, string>): Record<string, () => Buffer> {
  return Object.fromEntries(
    Object.entries(names).map(([what, name]) => [what, () => forge([good, { ...other, name }])]),
  );
}
