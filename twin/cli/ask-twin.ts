import { newestTwin } from '../running-twins.js';
import { Invalid } from './invalid.js';

/** Which running twin is meant: named by URL or by port, or else the newest of `$ALTSITE_HOME`. */
export interface Which {
  readonly twin?: string;
  readonly port?: number;
  readonly json?: true;
}

export const home = (): string => process.env.ALTSITE_HOME ?? '.altsite';

/** @throws Invalid when none runs, or the URL leads elsewhere than to this machine. */
export const urlOf = ({ twin, port }: Which): string => {
  const url = twin ?? (port === undefined ? newestTwin(home())?.url : `http://127.0.0.1:${port}`);
  if (url === undefined) throw new Invalid(`no twin is running in ${home()}`, 'start one with altsite twin, or name one with --twin URL');
  if (!URL.canParse(url) || !/^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname))
    throw new Invalid(`${url} is not a loopback URL`, 'a twin runs on this machine and nowhere else, as http://127.0.0.1:4577');
  return url.replace(/\/$/, '');
};

/** Asks the twin's own interface; a body makes it a POST. @throws Invalid with what the twin says is wrong, and what it knows instead. */
export const askTwin = async (url: string, path: string, body?: object): Promise<unknown> => {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await fetch(`${url}/_twin/${path}`, init).catch(() => {
    throw new Invalid(`no twin answers at ${url}`, 'start one with altsite twin, or name another with --twin URL');
  });
  const text = await response.text();
  const answer = jsonOf(text);
  if (response.ok && answer) return answer;
  if (!answer?.error)
    throw new Invalid(`what answers at ${url} is no twin (${response.status} to /_twin/${path})`, 'name a twin with --twin URL');
  throw new Invalid(answer.error, answer.known ? `it knows ${answer.known.join(', ')}` : '');
};

const jsonOf = (text: string): { error?: string; known?: string[] } | undefined => {
  try {
    return JSON.parse(text) as { error?: string; known?: string[] };
  } catch {
    return undefined;
  }
};
