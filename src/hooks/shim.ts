/** The text of a hook: POSIX sh that finds the CLI and hands over, or refuses and says what is missing. */

export const hookNames = ['pre-commit', 'pre-merge-commit', 'pre-push'] as const;

/** The one hook that git runs for a cherry-pick, a revert and a rebase; and for all other commits, `--no-verify` or not. */
export const strictHook = 'prepare-commit-msg';
export const strictHookNames = [...hookNames, strictHook] as const;
export type HookName = (typeof strictHookNames)[number];

/** The hook whose shim a file is, null when it is none of ours. The line is the same in every version of the text. */
export function shimHook(text: string): string | null {
  return /^# layer-policy hook: (\S+)$/m.exec(text)?.[1] ?? null;
}

/** Where a hook that was there before is kept, beside the shim that runs it. A second one is numbered `.2`. */
export function keptName(hook: HookName, number = 1): string {
  return `${hook}.before-layer-policy${number === 1 ? '' : `.${number}`}`;
}

export const keptLimit = 9;

/**
 * Finds the CLI and sets its arguments; `hook` is set before it. Only shell builtins, so that a commit pays for no process
 * but the CLI's own. What the variables do to git or Node is said beside them.
 */
const findCli = `
refuse() {
  case $hook in pre-push) what=push ;; pre-merge-commit) what=merge ;; *) what=commit ;; esac
  printf '✖ layer-policy cannot check this %s, so it is refused: %s.\\n' "$what" "$1" >&2
  shift
  printf '  → %s\\n' "$@" >&2
  exit 1
}
# They change what paths and differences mean to git, or write into its answers.
unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS GIT_EXTERNAL_DIFF GIT_DIFF_OPTS \\
  GIT_REPLACE_REF_BASE GIT_GRAFT_FILE GIT_ATTR_SOURCE GIT_TRACE GIT_TRACE_SETUP GIT_TRACE_PERFORMANCE GIT_TRACE2
# Reading certificates makes Node start three times slower; NODE_OPTIONS loads debuggers and other code into the judge.
unset NODE_EXTRA_CA_CERTS NODE_OPTIONS
cli=node_modules/.bin/layer-policy
# A linked worktree is often without packages of its own. Git names its main one in GIT_DIR.
case \${GIT_DIR-} in
*/.git/worktrees/*) [ -x "$cli" ] || cli=\${GIT_DIR%/.git/worktrees/*}/node_modules/.bin/layer-policy ;;
esac
[ -x "$cli" ] || cli=layer-policy
command -v node >/dev/null || refuse "node is not on PATH ($PATH)" \\
  'Install Node 20.19 or newer.' \\
  'In a Git GUI, which sees the PATH of your login only: start it from a terminal, or make node visible to it.' \\
  'nvm, fnm: sudo ln -sf "$(command -v node)" /usr/local/bin/    Volta: put ~/.volta/bin on the PATH of your login.'
command -v "$cli" >/dev/null || {
  fix='npm install --global layer-policy    In a Git GUI, where a terminal finds it: sudo ln -sf "$(command -v layer-policy)" /usr/local/bin/'
  [ -f package.json ] && fix='npm install --save-dev layer-policy'
  grep -q '"layer-policy"' package.json 2>/dev/null && fix='npm install'
  refuse 'layer-policy is neither in node_modules/.bin nor on PATH' "Run: $fix" \\
    'To do without it in this clone: npx layer-policy uninstall'
}
case $hook in
pre-push) set -- check --stage pre-push -- "$@" ;;
*) set -- check --stage pre-commit ;;
esac`.trim();

/** A file of git's hooks folder. It runs what was there before, with the same arguments and input, and then the CLI. */
export function hookShim(hook: HookName): string {
  return `#!/bin/sh
# layer-policy hook: ${hook}
# Written by \`layer-policy install\`, removed by \`layer-policy uninstall\`; what is changed here is lost.
# The hook that was here before is kept beside this one as ${keptName(hook)} and runs first.
hook=${hook} refs= ran= round="$PWD/${hook} $*"

# A hook manager may call this file from its own hook, which is called from here: one round is enough.
[ "\${LAYER_POLICY_HOOK-}" = "$round" ] && exit 0

for before in "\${0%/*}/$hook.before-layer-policy" "\${0%/*}/$hook.before-layer-policy".[2-${keptLimit}]; do
  [ -f "$before" ] && [ -x "$before" ] || continue
  # The manager that took our place and now calls us is itself the hook we kept.
  [ "\${0##*/}" = "$hook" ] || ! cmp -s "$before" "\${0%/*}/$hook" || continue
  if [ "$hook" = pre-push ]; then
    # Both it and the CLI read the list of refs; the dot keeps the last newline.
    [ -n "$refs" ] || refs=$(cat; echo .)
    printf '%s' "\${refs%.}" | LAYER_POLICY_HOOK=$round "$before" "$@"
  else
    LAYER_POLICY_HOOK=$round "$before" "$@"
  fi || exit
  ran=yes
done

${findCli}
# A manager that brings its own hooks up to date may just have written over this one: take the place back.
[ -z "$ran" ] || grep -q '^# layer-policy hook: ' "$0" || "$cli" install >&2
[ -n "$refs" ] || exec "$cli" "$@"
printf '%s' "\${refs%.}" | "$cli" "$@"
`;
}

/** The file that husky's own hooks read with one line each. Its parts run in subshells, so nothing of it stays behind. */
export function huskyShim(): string {
  return `# layer-policy hook: husky
# Written by \`layer-policy install\`, removed by \`layer-policy uninstall\`; what is changed here is lost. To be committed.
layer_policy() (
hook=\${0##*/}
cd "$layer_policy_top" || exit
${findCli}
exec "$cli" "$@"
)
case \${0##*/} in
pre-push)
  layer_policy_refs=$(cat; echo .)
  printf '%s' "\${layer_policy_refs%.}" | layer_policy "$@" || exit
  # The commands that follow in the hook read the list of refs too.
  if [ "$layer_policy_refs" = . ]; then exec </dev/null; else exec <<EOF
\${layer_policy_refs%??}
EOF
  fi ;;
*) layer_policy || exit ;;
esac
`;
}
