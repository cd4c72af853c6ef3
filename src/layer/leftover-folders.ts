/**
 * Whether a path directly in `.build/` or `layer_management/` is something that a build leaves behind and nobody needs:
 * the workspace, and the duplicate folders of the original scripts (`layer_build`, `layer_fix`, `python`,
 * `{layer}-build`, `experimental`). What nobody knows is somebody's, and stays.
 */
export function isLeftover(path: string): boolean {
  if (path === 'layer_management/experimental') return true;
  return /^\.build\/(?:workspace|python|layers?_[^/]*|[^/]+-build)$/.test(path);
}
