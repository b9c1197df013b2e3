/** A value that JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue };

/**
 * Writes a JSON value as YAML 1.2. Whatever is not plainly a word or a sentence is written as a JSON string, which is
 * a YAML string as well (YAML 1.2.2 section 1.2), so there is nothing to get wrong; and a YAML library is larger than
 * the rest of this folder.
 */
export function toYaml(value: JsonValue): string {
  return `${blockLines(value).join("\n")}\n`;
}

/** A plain scalar that no reader takes for anything else, as it holds no `: ` and no ` #` and is no other type's word. */
const plain =
  /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z/$](?:[\w ./,;()'`-]*[\w./,;()'`-])?$/i;

function blockLines(value: JsonValue): readonly string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap(itemLines);
  if (isMapping(value))
    return Object.entries(value).flatMap(([key, member]) => memberLines(key, member));
  return [scalar(value)];
}

function itemLines(item: JsonValue): readonly string[] {
  const [first = "", ...rest] = blockLines(item);
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

function memberLines(key: string, member: JsonValue): readonly string[] {
  const lines = blockLines(member);
  if (!isMapping(member) && !(Array.isArray(member) && member.length > 0))
    return [`${scalar(key)}: ${lines[0]}`];
  return [`${scalar(key)}:`, ...lines.map((line) => `  ${line}`)];
}

function isMapping(value: JsonValue): value is { readonly [member: string]: JsonValue } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
  );
}

function scalar(value: JsonValue): string {
  return typeof value === "string" && plain.test(value) ? value : JSON.stringify(value);
}
