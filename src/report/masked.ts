/** What looks like a secret: credentials of a URL, known tokens, long random texts but no hashes, values of telling keys. */
const secrets: readonly RegExp[] = [
  /(?<=:\/\/)[^\s/@]+(?=@)/g,
  /A[KS]IA[A-Z0-9]{12,}|gh[pousr]_\w+|github_pat_\w+/g,
  /(?![0-9a-f]+\b)[\w+/=-]{40,}/gi,
  /(?<=(?:password|passwd|secret|token|api[_-]?key|credentials?|_auth)["']?\s{0,8}[:=]\s{0,8}["']?)[^\s"',}]+/gi,
];

/** A line of a file for a log that more people read than the file. */
export function masked(line: string): string {
  return secrets.reduce((text, secret) => text.replace(secret, '…'), line.slice(0, 1000));
}
