/** Where a policy is written; one of them, at the root. */
export const policyFiles = ['.layerpolicyrc.json', '.layerpolicyrc.yaml', '.layerpolicyrc.yml'] as const;

export function isPolicyFile(path: string): boolean {
  return policyFiles.some((file) => file === path);
}
