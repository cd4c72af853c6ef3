/** One `name==1.2.3` with all that stands beside it. */
export interface Requirement {
  /** As written; `distributionName` makes names comparable. */
  name: string;
  extras: string[];
  /** `>=2,<3`, without blanks; '' where there is none. */
  specifier: string;
  /** The one version it can be; null where it may be another one tomorrow. */
  version: string | null;
  /** What stands behind `;`, '' where nothing does. */
  marker: string;
  /** `sha256:…` in lower-case hex; sha384 and sha512 too. */
  hashes: string[];
  line: number;
}

export interface RequirementsProblem {
  /**
   * index: where packages come from; url: no release of an index; editable: a work tree; include: another file; option:
   * anything else pip would be told; unreadable: not understood.
   */
  kind: 'index' | 'url' | 'editable' | 'include' | 'option' | 'unreadable';
  /** The option, the name, or what is wrong. Never a URL, which may hold a password. */
  what: string;
  /** Counted from 1; null where it is about the whole file. */
  line: number | null;
  /** The last line of what begins at `line`, where lines are continued. */
  lastLine: number | null;
}
