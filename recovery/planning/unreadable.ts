/** What a document must be before anybody looks for YAML in it. */

/** Characters; the largest plan we know of has six thousand. */
export const longestDocument = 262_144;

// Control characters, line ends that no editor counts, lone surrogates, what decoding leaves of bytes that are not UTF-8, and marks that turn the reading direction:
// a reviewer would not see what the program reads.
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]|\r(?!\n)|\p{Cs}/u;

/** The first thing that makes a text no document at all, with its offset; null where there is none. */
export const unreadable = (text: string): { offset: number; value: string; fix: string } | null => {
  if (text.length > longestDocument)
    return {
      offset: longestDocument,
      value: `more than ${longestDocument} characters`,
      fix: `a document has at most ${longestDocument} characters; split it, or see whether this is the right file`,
    };
  const found = unseen.exec(text);
  if (!found) return null;
  if (found[0] === '\r')
    return { offset: found.index, value: 'CR', fix: 'a line end that not every reader counts as one; save the file with LF line ends' };
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { offset: found.index, value: `U+${code}`, fix: 'not a character of a text; remove it, or save the file as UTF-8 text' };
};
