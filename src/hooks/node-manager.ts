/** Folders that only a shell's start-up file puts on PATH, by the manager of Node versions that does. */
const managers: [name: string, folder: RegExp][] = [
  ['nvm', /[\\/]\.?nvm[\\/]/],
  ['fnm', /[\\/](\.?fnm|fnm_multishells)[\\/]/],
  ['Volta', /[\\/]\.volta[\\/]/],
  ['asdf', /[\\/]\.asdf[\\/]/],
  ['mise', /[\\/]mise[\\/]/],
  ['nodenv', /[\\/]\.nodenv[\\/]/],
];

/**
 * What a Git GUI lacks, which sees the PATH of a login and nothing that a shell's start-up adds; null where Node comes from
 * elsewhere. `programs`: what a hook has to find on PATH.
 */
export function lackedByGuis(nodeFolder: string, programs: readonly string[]): string | null {
  const [manager] = managers.find(([, folder]) => folder.test(`${nodeFolder}/`)) ?? [];
  if (manager === undefined) return null;
  // Volta's own programs are links that choose; a link to what they choose would stay behind.
  const mend =
    manager === 'Volta'
      ? `echo 'export PATH="$HOME/.volta/bin:$PATH"' >> ~/.profile`
      : `sudo ln -sf ${programs.map((program) => `"$(command -v ${program})"`).join(' ')} /usr/local/bin/`;
  return `Node comes from ${manager} here (${nodeFolder}), which a Git GUI does not see: its commits would be refused, with this advice. Run: ${mend}`;
}
