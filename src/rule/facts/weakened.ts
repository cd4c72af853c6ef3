/** What a change takes from the policy. */

/** Something that the policy which a change began with demanded, and the change demands less of. */
export interface Weakened {
  file: string;
  line: number | null;
  /**
   * `weaker` than it was; `unclear`: another value, and nobody has said which way is stricter; `gone`; `escape`: what
   * lets a refusal go without consequence.
   */
  kind: 'weaker' | 'unclear' | 'gone' | 'escape';
  /** `rules.archive-age.options.days`, a command, `owners of VERSION`. */
  what: string;
  /** In few words; `nothing` for what was not or is not there. */
  was: string;
  is: string;
}
