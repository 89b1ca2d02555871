/** One JSON object on stdout. */
export const print = (answer: unknown): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);
