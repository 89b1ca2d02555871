/**
 * Brings together what is asked side by side, so that the order of answers is never that of how long this process took over each.
 */

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  readonly answered: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
}
/** What one of a volley is answered with, or the error that it ends in. */
export type Outcome<Answer> = { readonly answer: Answer } | { readonly error: unknown };

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Everything asked in one turn of the event loop is answered together and in its order; what is asked meanwhile is the next volley. */
export const inVolleys = <Asked, Answer>(
  answerAll: (volley: readonly Asked[]) => Promise<readonly Outcome<Answer>[]>,
): ((asked: Asked) => Promise<Answer>) => {
  const waiting: Waiting<Asked, Answer>[] = [];
  let answering = false;
  const answer = async (volley: readonly Waiting<Asked, Answer>[]): Promise<void> => {
    try {
      const outcomes = await answerAll(volley.map(({ asked }) => asked));
      for (const [nth, { answered, failed }] of volley.entries()) {
        const outcome = outcomes[nth] ?? { error: new Error('a call of a volley was not answered') };
        if ('answer' in outcome) answered(outcome.answer);
        else failed(outcome.error);
      }
    } catch (error) {
      for (const { failed } of volley) failed(error);
    }
  };
  const goOn = async (): Promise<void> => {
    answering = true;
    for (;;) {
      // Whoever was answered has asked its next by then, or has none.
      await nextTurn();
      if (waiting.length === 0) break;
      await answer(waiting.splice(0));
    }
    answering = false;
  };
  return (asked) =>
    new Promise((answered, failed) => {
      waiting.push({ asked, answered, failed });
      if (!answering) void goOn();
    });
};
