/**
 * Text from git, files or zips, made harmless for a terminal: control characters as `\xNN`, characters that reorder or
 * hide text as `\u{…}`, at most 512 characters.
 */
export function printable(text: string, limit = 512): string {
  const safe = text.replace(
    /[\u0000-\u001f\u007f-\u009f]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
    (character) => {
      const code = character.charCodeAt(0);
      return code < 0x100 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
    },
  );
  return safe.length > limit ? `${safe.slice(0, limit - 1)}…` : safe;
}
