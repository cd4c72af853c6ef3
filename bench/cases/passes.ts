/** One pass over a directory takes less than the start of either interpreter; so many are compared. */
export const passes = 20;
