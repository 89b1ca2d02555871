/** What `work` makes of each, in their order, with some of it under way at a time. */
export async function* inOrder<One, Made>(ones: readonly One[], abreast: number, work: (one: One) => Promise<Made>): AsyncGenerator<Made> {
  const underWay: Promise<Made>[] = [];
  for (const one of ones) {
    const made = work(one);
    // Whoever stops listening must not be told of a failure by nobody.
    made.catch(() => undefined);
    underWay.push(made);
    if (underWay.length >= abreast) yield (await underWay.shift()) as Made;
  }
  for (const made of underWay) yield await made;
}
