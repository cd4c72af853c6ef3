/** Where a policy is written; one of them, at the root. */
export const policyFiles = ['.layerpolicyrc.json', '.layerpolicyrc.yaml', '.layerpolicyrc.yml'] as const;
