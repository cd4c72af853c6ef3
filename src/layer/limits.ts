export const megabyte = 1_048_576;

/** Of a zip as Lambda takes it directly. */
export const zippedLimit = 50 * megabyte;
/** Of a function and all its layers unpacked; one layer must stay below it already. */
export const unzippedLimit = 262_144_000;

/** Two decimals, as manifests have it. */
export function toMB(bytes: number): number {
  return Math.round((bytes / megabyte) * 100) / 100;
}

/** The other way, as near as two decimals tell. */
export function toBytes(megabytes: number): number {
  return Math.round(megabytes * megabyte);
}
