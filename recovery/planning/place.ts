import { isMap, isNode, isScalar, isSeq, type Document } from 'yaml';

/** Where the thing at `path` starts: its value, or its key; where there is no such thing, the key (or the beginning) of the nearest that holds it. */
export const offsetOf = (document: Document, path: readonly PropertyKey[], of: 'key' | 'value' = 'value'): number => {
  let node: unknown = document.contents;
  let key = startOf(node, 0);
  let value = key;
  for (const name of path) {
    const next: { key: unknown; value: unknown } | undefined = isMap(node)
      ? node.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === String(name))
      : isSeq(node) && typeof name === 'number' && name < node.items.length
        ? { key: node.items[name], value: node.items[name] }
        : undefined;
    if (!next) return key;
    key = startOf(next.key, key);
    value = startOf(next.value, key);
    node = next.value;
  }
  return of === 'key' ? key : value;
};

/** How a scalar at `path` is written in the file; undefined for anything else. */
export const writtenAt = (document: Document, path: readonly PropertyKey[]): string | undefined => {
  const node: unknown = path.length ? document.getIn(path, true) : document.contents;
  return isScalar(node) ? (node.source ?? undefined) : undefined;
};

const startOf = (node: unknown, otherwise: number): number => (isNode(node) && node.range ? node.range[0] : otherwise);
