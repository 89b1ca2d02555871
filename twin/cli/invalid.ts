/** What the user asked for cannot be: exit code 2. */
export class Invalid extends Error {
  /** @param fix what to do about it */
  constructor(message: string, fix: string) {
    super(fix ? `${message}: ${fix}` : message);
  }
}
