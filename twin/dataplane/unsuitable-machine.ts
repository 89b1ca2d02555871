/** This machine cannot carry a data plane; the message says what is missing and what to do. */
export class UnsuitableMachine extends Error {
  override readonly name = 'UnsuitableMachine';
}
