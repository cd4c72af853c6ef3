/** Preloaded into a program: writes what it took of memory (bytes) and processor (ms) to the file that MEASURED names. */
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const memory = process.resourceUsage().maxRSS * 1024;
  writeFileSync(process.env.MEASURED, JSON.stringify({ memory, cpu: (user + system) / 1000 }));
});
