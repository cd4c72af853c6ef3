/** Preloaded into the CLI: a zlib that compresses another way, as those of Bun and of distributions do. */
const zlib = require('node:zlib');

const { deflateRaw } = zlib;
zlib.deflateRaw = (bytes, options, done) => deflateRaw(bytes, { ...options, level: 6 }, done);
