import type { Report } from './report';

/** A place in a JSON document that knows its pointer, so that whatever is wrong there can be named. */
export interface JsonNode {
  readonly pointer: string;
  readonly value: unknown;
}

/** Typed reading of untrusted JSON: each function gives a value of its type or fails with the pointer. */
export interface JsonReader {
  /** A property of an object; its value is undefined where absent. */
  get(node: JsonNode, key: string): JsonNode;
  /** The items of an array; none where it is absent. */
  items(node: JsonNode): JsonNode[];
  object(node: JsonNode): JsonNode;
  /** The entries of an object; none where it is absent. */
  entries(node: JsonNode): [key: string, node: JsonNode][];
  text(node: JsonNode): string | undefined;
  /** A whole number ≥ 0. */
  index(node: JsonNode): number | undefined;
  /** Finite numbers, exactly `count` of them. */
  numbers(node: JsonNode, count: number): number[] | undefined;
  number(node: JsonNode): number | undefined;
}

export function createJsonReader(report: Report): JsonReader {
  const wrong = (node: JsonNode, what: string): never =>
    report.fail('malformed', `${JSON.stringify(node.value)?.slice(0, 40) ?? 'nothing'} is no ${what}`, node.pointer || '/', 'Export the file again.');
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
  const object = (node: JsonNode): JsonNode => (isObject(node.value) ? node : wrong(node, 'object'));
  const get = (node: JsonNode, key: string): JsonNode => {
    const { value } = object(node);
    return { pointer: `${node.pointer}/${key}`, value: Object.hasOwn(value as object, key) ? (value as Record<string, unknown>)[key] : undefined };
  };
  const items = (node: JsonNode): JsonNode[] => {
    if (node.value === undefined) return [];
    return Array.isArray(node.value) ? node.value.map((value: unknown, i) => ({ pointer: `${node.pointer}/${i}`, value })) : wrong(node, 'array');
  };
  const number = (node: JsonNode): number | undefined => {
    if (node.value === undefined) return undefined;
    return typeof node.value === 'number' && Number.isFinite(node.value) ? node.value : wrong(node, 'number');
  };
  return {
    get, items, object, number,
    entries: (node) => (node.value === undefined ? [] : Object.keys(object(node).value as object).map((key) => [key, get(node, key)])),
    text: (node) => (node.value === undefined || typeof node.value === 'string' ? node.value : wrong(node, 'string')),
    index: (node) => {
      const value = number(node);
      return value === undefined || (Number.isInteger(value) && value >= 0) ? value : wrong(node, 'whole number from 0 on');
    },
    numbers: (node, count) => {
      if (node.value === undefined) return undefined;
      const values = items(node).map((item) => number(item) ?? wrong(item, 'number'));
      return values.length === count ? values : wrong(node, `list of ${count} numbers`);
    },
  };
}
