/** Names of steps by which receipts are found. Where an environment has several targets they say which. */
type Kind = 'put-object' | 'put-provenance' | 'publish-version' | 'attach' | 'move-alias' | 'smoke';

export function stepName(kind: Kind, environment: string, of?: string): string {
  const where = environment.includes('/') ? [`in ${environment}`] : [];
  return [kind, ...(of === undefined ? [] : [of]), ...where].join(' ');
}
