/** Preloaded into a run of the built CLI: keeps what V8 compiled of each piece in that run. */
const { writeFileSync } = require('node:fs');
const vm = require('node:vm');

const { version, arch } = process;
vm.Script = class extends vm.Script {
  constructor(source, { filename }) {
    super(source, { filename });
    process.once('exit', () => {
      writeFileSync(filename.replace(/js$/, `${version}-${arch}.compiled`), this.createCachedData());
    });
  }
};
