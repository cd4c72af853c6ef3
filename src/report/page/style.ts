/** The page's only style sheet: light and dark by the reader's setting, one column on a telephone, plain on paper. */
export const style = `
:root { color-scheme: light dark; --text: #1b1f24; --dim: #57606a; --line: #d0d7de; --back: #ffffff; --soft: #f6f8fa;
  --accent: #0550ae; --good: #116329; --bad: #a40e26; --warn: #7d4e00; --bar: #54aeff; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #9ea7b3; --line: #3d444d; --back: #0d1117;
  --soft: #161b22; --accent: #79c0ff; --good: #56d364; --bad: #ff8182; --warn: #e3b341; --bar: #1f6feb; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem clamp(0.75rem, 3vw, 2rem) 4rem; color: var(--text);
  background: var(--back); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; padding-top: 0.5rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.2rem 0 0.3rem; }
p { margin: 0.4rem 0; max-width: 65ch; }
code { font: 0.875em ui-monospace, monospace; }
a { color: var(--accent); }
.dim { color: var(--dim); } .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; padding: 0; margin: 0.5rem 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--back); padding: 0.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 0.75rem 0.45rem 0; border-bottom: 1px solid var(--line); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.version { font-weight: 600; } .small { font-size: 0.85rem; }
ol.timeline { list-style: none; margin: 0; padding: 0 0 0 1rem; border-left: 2px solid var(--line); }
ol.timeline > li { margin: 0.6rem 0; position: relative; }
ol.timeline > li::before { content: ""; position: absolute; left: calc(-1rem - 6px); top: 0.5rem; width: 10px; height: 10px;
  border-radius: 50%; background: var(--accent); }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; background: var(--soft); }
summary { cursor: pointer; padding: 0.5rem 0.75rem; font-weight: 600; }
details > dl { margin: 0; padding: 0 0.75rem 0.75rem; display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dt { color: var(--dim); } dd { margin: 0; }
svg { display: block; width: 100%; height: 0.8rem; margin-top: 0.35rem; } svg .bar { fill: var(--bar); }
table.chart { table-layout: fixed; margin-bottom: 1rem; } table.chart > caption { text-align: left; }
.chart th:first-child { width: 34%; } .chart .number { width: 22%; }
.scroll th, .scroll td { overflow-wrap: normal; min-width: 5.5rem; }
.heat { text-align: center; font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) { details > dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.4rem; } }
@media print { nav, .skip { display: none; } body { max-width: none; padding: 0; } h2 { break-after: avoid; }
  table, details, li { break-inside: avoid; } details::details-content { content-visibility: visible; block-size: auto; } }
`;
