import { printable } from '../layer/printable.js';
import type { Style } from '../ports.js';

interface Answer {
  about: string;
  state: 'ok' | 'note' | 'missing';
  says: string;
  mend: string | null;
}

/** A line for each thing asked for, what mends it below, and a sentence at the end. */
export function doctorText(answers: readonly Answer[], style: Style): string {
  const width = Math.max(...answers.map(({ about }) => about.length));
  const marks = { ok: style.green('✔'), note: style.yellow('!'), missing: style.red('✖') };
  const lines = answers.flatMap(({ about, state, says, mend }) => [
    `${marks[state]} ${style.bold(printable(about, 100).padEnd(width))}  ${printable(says, 400)}`,
    ...(mend === null || mend === '' ? [] : [`  ${' '.repeat(width)}  ${style.dim('→')} ${printable(mend, 400)}`]),
  ]);
  const count = (state: Answer['state']) => answers.filter((answer) => answer.state === state).length;
  const end =
    count('missing') === 0
      ? `${style.green('✔')} Nothing is missing.`
      : `${style.red('✖')} ${count('missing')} missing of ${answers.length}.`;
  return `${lines.join('\n')}\n\n${end}\n`;
}
