/** What to do where a rehearsal's world is not as it should be: its twin ends with it. */
export const byHand = 'go the same steps by hand to look into it (README, "Do it by hand")';
