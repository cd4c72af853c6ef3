/** Preloaded into a program: writes what it took of memory (bytes) and processor (ms) to the file that MEASURED names. */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  // The system's count of a process begins with the memory of the one that started it; Linux keeps a count of our own.
  const own = existsSync('/proc/self/status') && /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  const memory = (own ? Number(own[1]) : process.resourceUsage().maxRSS) * 1024;
  writeFileSync(process.env.MEASURED, JSON.stringify({ memory, cpu: (user + system) / 1000 }));
});
