/** How what is to be done stands, in one character. */
export const marks = { waiting: '○', done: '✔', present: '=', failed: '✖' } as const;

/** What a mark alone does not say. */
export const thereAlready = '  (is there already)';
