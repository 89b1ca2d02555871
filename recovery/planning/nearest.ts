import { distance } from 'fastest-levenshtein';

/** Longer words are no misspellings of ours, and comparing them is slow. */
const longest = 64;

/** The candidate that `word` was most likely meant to be; undefined where none is near. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  if (word.length > longest) return undefined;
  const near = candidates
    .filter((candidate) => candidate !== word && candidate.length <= longest)
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= Math.max(1, Math.floor(Math.max(word.length, candidate.length) * 0.4)))
    .sort((a, b) => a.far - b.far);
  return near[0]?.candidate;
};

/** What to write instead of `word`: the nearest candidate, or all of them. */
export const oneOf = (word: string, candidates: readonly string[], what: string): string => {
  const meant = nearest(word, candidates);
  if (meant !== undefined) return `there is no such ${what}; did you mean ${meant}?`;
  return candidates.length ? `there is no such ${what}; name one of: ${candidates.join(', ')}` : `there is no such ${what}, and no other`;
};
