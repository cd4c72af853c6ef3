/**
 * What pip and uv are told about this machine. Their own settings (PIP_*, UV_*, pip.conf, uv.toml, .netrc) stay outside:
 * a layer would differ by who builds it. Where packages come from is one variable of ours, so that nobody chooses it by
 * accident and no commit can.
 */
export const indexVariable = 'LAYER_POLICY_INDEX_URL';
const pypi = 'https://pypi.org/simple';

type Variables = Readonly<Record<string, string | undefined>>;

/** How to reach the network at all; none of them chooses what comes from it. */
const passed = [
  ...['PATH', 'SystemRoot', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'],
  ...['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
];

export function indexOf(vars: Variables): string {
  const url = vars[indexVariable]?.trim();
  return url ? url : pypi;
}

/** The whole environment of a child that works in `folder`. */
export function variablesFor(vars: Variables, folder: string): Record<string, string> {
  const kept = passed.flatMap((name) => {
    const value = vars[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const index = indexOf(vars);
  const bundle = vars.PIP_CERT ?? vars.REQUESTS_CA_BUNDLE ?? vars.SSL_CERT_FILE;
  return {
    ...Object.fromEntries(kept),
    ...(bundle !== undefined && { PIP_CERT: bundle }),
    ...{ HOME: folder, USERPROFILE: folder, TMPDIR: folder, XDG_CONFIG_HOME: folder, LANG: 'C.UTF-8', TZ: 'UTC' },
    // An address may hold a password, and command lines are there for all to see.
    ...{ PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: index, UV_DEFAULT_INDEX: index, UV_NO_CONFIG: '1' },
    // What builds from source finds no compiler, so that it falls back to plain Python or fails.
    ...{ CC: '/bin/false', CXX: '/bin/false', SOURCE_DATE_EPOCH: '315532800', PYTHONHASHSEED: '0' },
    ...{ PYTHONDONTWRITEBYTECODE: '1', NO_COLOR: '1' },
  };
}

/** Text of a child without the passwords that addresses may hold. */
export function masked(text: string): string {
  return text.replace(/:\/\/[^/@\s]+@/g, '://***@');
}
