import type { Finding } from '../policy/finding.js';

/** A finding's file as an RFC 3986 relative reference, from the bytes of its path. */
export function relativeUri({ file, pathBytes }: Pick<Finding, 'file' | 'pathBytes'>): string {
  // One character a byte, as atob gives it.
  const bytes =
    pathBytes === undefined ? Array.from(new TextEncoder().encode(file), fromByte).join('') : atob(pathBytes);
  const uri = visibleDots(bytes).replace(/[^A-Za-z0-9\-._~!$&'()*+,;=@/]/g, percent);
  // An empty reference means the report itself, and one that begins with / leaves the repository.
  return uri === '' ? '.' : uri.startsWith('/') ? `.${uri}` : uri;
}

/** A part `..` climbs, even percent-encoded, and a tree made by hand can hold one. */
function visibleDots(path: string): string {
  return path.replace(/(?<=^|\/)\.\.?(?=\/|$)/g, (dots) => dots.replaceAll('.', '\\x2E'));
}

function fromByte(byte: number): string {
  return String.fromCharCode(byte);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
