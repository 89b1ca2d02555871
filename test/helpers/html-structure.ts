const empty = new Set(['meta', 'br', 'hr', 'img', 'input', 'link', 'rect', 'line']);

export interface HtmlStructure {
  /** What is wrong with how tags are nested; empty when nothing is. */
  readonly faults: readonly string[];
  readonly ids: readonly string[];
  /** Every attribute as `tag name=value`. */
  readonly attributes: readonly string[];
  /** Text outside of tags, style and script, as read. */
  readonly text: string;
  readonly tags: readonly string[];
}

/** Reads HTML strictly: every tag closed in its order, every attribute quoted, no bare < or &. */
export const htmlStructure = (page: string): HtmlStructure => {
  const faults: string[] = [];
  const [ids, attributes, tags, open]: [string[], string[], string[], string[]] = [[], [], [], []];
  let text = '';
  const body = page.replace(/^<!doctype html>/i, '').replace(/(<style>)[^<]*(<\/style>)/g, '$1$2');
  for (const [, tag, run] of body.matchAll(/(<[^>]*>)|([^<]+)/g)) {
    if (run !== undefined) {
      if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(run)) faults.push(`bare & in ${run}`);
      if (run.includes('>')) faults.push(`bare > in ${run}`);
      text += run;
      continue;
    }
    const [, slash, name = '', rest = '', selfClosed] =
      /^<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9:-]*(?:="[^"<]*")?)*)\s*(\/?)>$/i.exec(tag ?? '') ?? [];
    if (name === '') faults.push(`no tag: ${tag}`);
    else if (slash) {
      const last = open.pop();
      if (last !== name) faults.push(`</${name}> closes <${last}>`);
    } else {
      tags.push(name);
      for (const [, attribute, value = ''] of rest.matchAll(/\s([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"]*)")?/g)) {
        attributes.push(`${name} ${attribute}=${value}`);
        if (attribute === 'id') ids.push(value);
      }
      if (!selfClosed && !empty.has(name)) open.push(name);
    }
  }
  if (open.length) faults.push(`never closed: ${open.join(', ')}`);
  return { faults, ids, attributes, tags, text };
};
