/** Preloaded into the CLI: a machine whose clock is thirteen years ahead, or so many minutes as CLOCK_AHEAD says. */
const { CLOCK_AHEAD } = process.env;
const ahead = CLOCK_AHEAD ? CLOCK_AHEAD * 60_000 : Date.parse('2039-02-03T04:05:06Z') - Date.now();
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + ahead] : args));
  }
  static now() {
    return RealDate.now() + ahead;
  }
};
