/** Where builds leave something behind. */
export const leftoverParents = ['.build', '.build/layers', 'layer_management'] as const;

/**
 * Whether a path directly in one of these is something that a build leaves behind and nobody needs: the workspace, and the
 * folders of the original scripts (`layer_build`, `layer_fix`, `python`, `experimental`, and `{layer}-build`, which they
 * empty at the end of a build that ends well). What nobody knows is somebody's, and stays.
 */
export function isLeftover(path: string): boolean {
  if (path === 'layer_management/experimental') return true;
  return /^\.build\/(?:workspace|python|layers?_[^/]*|(?:layers\/)?[^/]+-build)$/.test(path);
}
