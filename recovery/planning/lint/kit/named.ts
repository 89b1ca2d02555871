/** Task ids as a message names them: the first few, and how many more there are. */
export const named = (ids: readonly string[]): string => {
  const shown = 5;
  const rest = ids.length - shown;
  return rest > 1 ? `${ids.slice(0, shown).join(', ')} and ${rest} more` : ids.join(', ');
};
