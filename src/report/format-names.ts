/** What `--format` takes beside `pretty`. Apart from the formats, so that a hook that reports in none loads none. */
export const formatNames = ['json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;

export type FormatName = (typeof formatNames)[number];
