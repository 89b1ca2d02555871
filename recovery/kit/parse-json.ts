/** The value a JSON text stands for; undefined where it is none. For texts whose schema is checked next. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
