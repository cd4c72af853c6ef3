/** Controls; marks that reorder, hide or break text; the half of a character. */
export const unseen =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u00ad\u180e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}\ud800-\udfff]/gu;
