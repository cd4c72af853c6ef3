const events = /\b(push|pull_request|pull_request_target|merge_group|schedule)\b/g;
const filters = /^\s+["']?(branches|paths|tags|types)(-ignore)?["']?\s*:.*/;
/** At the left margin: a whole file that does not run any more, or not for every change. */
const closed = /^(trigger|pr)\s*:\s*none\b|^workflow\s*:|^when\s*:/;

/** When a CI file runs: by which events, and what narrows them. */
export function triggersIn(text: string): { events: string[]; narrowed: string[] } {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^["']?on["']?\s*:/.test(line));
  const length = lines.slice(start + 1).findIndex((line) => /^[^\s#-]/.test(line));
  const block = start === -1 ? [] : lines.slice(start, length === -1 ? undefined : start + 1 + length);
  return {
    events: [...new Set(block.flatMap((line) => line.replace(/#.*/, '').match(events) ?? []))],
    narrowed: [...block.filter((line) => filters.test(line)), ...lines.filter((line) => closed.test(line))].map(
      (line) => line.trim(),
    ),
  };
}
