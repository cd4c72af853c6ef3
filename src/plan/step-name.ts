/** Names of steps by which receipts are found. Where an environment has several targets they say which. */
type Kind = 'put-object' | 'put-provenance' | 'publish-version' | 'attach' | 'move-alias' | 'smoke';

export function stepName(kind: Kind, environment: string, of?: string): string {
  return `${of === undefined ? kind : `${kind} ${of}`}${inTarget(environment)}`;
}

/** ` in prod/eu`; nothing where an environment has one target, which need not be told. */
export const inTarget = (environment: string): string => (environment.includes('/') ? ` in ${environment}` : '');
