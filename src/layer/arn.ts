/** A layer version's ARN, taken apart. `local` registries write region `local` and account `000000000000`. */
export interface LayerArn {
  partition: string;
  region: string;
  account: string;
  layerName: string;
  version: number;
}

/** The service model's own pattern, but for the length of a name: a count in a pattern is compiled that many times over. */
const pattern =
  /^arn:(aws[a-zA-Z-]*):lambda:((?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d|local):(\d{12}):layer:([a-zA-Z0-9_-]+):([1-9]\d{0,8})$/;

/** Null for anything else. */
export function parseLayerArn(text: string): LayerArn | null {
  const [, partition, region, account, layerName, version] = pattern.exec(text) ?? [];
  if (!partition || !region || !account || !layerName || !version || layerName.length > 140) return null;
  return { partition, region, account, layerName, version: Number(version) };
}

export const localRegion = 'local';
export const localAccount = '000000000000';

export function localArn(layerName: string, version: number): string {
  return `arn:aws:lambda:${localRegion}:${localAccount}:layer:${layerName}:${version}`;
}
