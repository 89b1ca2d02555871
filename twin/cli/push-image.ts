import { askTwin, urlOf, type Which } from './ask-twin.js';
import { print } from './print.js';

/** From this machine into a running twin's registry, as `docker push` would into AWS's. */
export const pushImage = async (image: string, options: Which & { readonly region: string }): Promise<void> => {
  const answer = await askTwin(urlOf(options), 'images', { image, region: options.region });
  if (options.json) print(answer);
};
