import { failure } from '../errors.js';

/** One line from whoever sits at the terminal. Ctrl-C ends the run; Ctrl-D is an empty answer. */
export async function ask(question: string, input: NodeJS.ReadStream, output: NodeJS.WriteStream): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input, output });
  const ended = new Promise<string>((resolve, reject) => {
    lines.once('SIGINT', () => reject(failure('interrupted', {})));
    lines.once('close', () => resolve(''));
  });
  try {
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}
