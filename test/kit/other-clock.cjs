/** Preloaded into the CLI: a machine whose clock is thirteen years ahead. */
const ahead = Date.parse('2039-02-03T04:05:06Z') - Date.now();
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + ahead] : args));
  }
  static now() {
    return RealDate.now() + ahead;
  }
};
