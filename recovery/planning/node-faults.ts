import { isAlias, isNode, isScalar, visit, type Document } from 'yaml';

export interface NodeFault {
  readonly offset: number;
  readonly value: string;
  readonly fix: string;
}

const longest = 60;

/** What YAML allows and a plan does not: each would let the document say something other than what a reader sees. */
export const nodeFaults = (document: Document, text: string): NodeFault[] => {
  const faults: NodeFault[] = [];
  const report = (node: unknown, fix: string): void => {
    const [start, end] = (isNode(node) && node.range) || [0, 0];
    faults.push({ offset: start, value: text.slice(start, Math.min(end, start + longest)), fix });
  };
  visit(document, {
    Alias: (_key, node) => report(node, 'write it out; aliases (*name) are not used in a plan'),
    Pair: (_key, { key }) => {
      if (isAlias(key)) return;
      if (!isScalar(key)) report(key, 'a key is one word; is a colon or a bracket too many?');
      else if (key.value === '__proto__') report(key, 'no key is called that; remove it');
    },
    Node: (_key, node) => {
      if ('tag' in node && node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
        report(node, `remove the tag ${node.tag}; plain text, numbers, lists and keys are enough`);
    },
  });
  return faults;
};
