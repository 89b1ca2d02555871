/** A screen that somebody watches. */
export interface Terminal {
  columns(): number;
  rows(): number;
  /** From now on the last lines are what `frame` gives, asked again as time passes. */
  show(frame: () => readonly string[]): void;
  /** A line that stays, above the frame. */
  say(text: string): void;
  /** The last frame stays where it is. */
  end(): void;
}
