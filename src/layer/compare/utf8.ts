/**
 * The text that bytes mean, of which `text` holds one character each. Always made anew: a part cut out of a text would
 * keep all of the text in memory.
 */
export function utf8(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
