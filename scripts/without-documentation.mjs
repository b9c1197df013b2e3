// Takes out of the modules of operations and schemas what only the OpenAPI document says.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "vitest/node";
import { root } from "./native.mjs";

/**
 * A part of a syntax tree (ESTree, with TypeScript's own).
 * @typedef {{ readonly type: string, readonly start: number, readonly end: number, readonly [member: string]: unknown }} Node
 * @typedef {{ readonly start: number, readonly end: number }} Cut
 */

/** The members of an operation, and of its answer, that nothing else depends on. */
const ofOperation = ["tag", "summary", "description", "codes"];
const ofAnswer = ["description", "schema"];

/**
 * Makes a remover of documentation from a module: of the words of operations and the schemas of their answers, of all that
 * schemas are registered with, and of each last argument that stands for a parameter `description`.
 *
 * @returns {(source: string) => string} of TypeScript
 */
export function documentationRemover() {
  const schemas = join(root, "src", "http", "schemas");
  const sources = readdirSync(schemas).map((name) => readFileSync(join(schemas, name), "utf8"));
  const helpers = new Set(sources.flatMap(parse).flatMap(describedHelper));
  return (source) => {
    const cuts = parse(source).flatMap((node) => cutsIn(node, source, helpers));
    // From the end on, so that places stay where they are. A cut within another has been made with it.
    let text = source;
    let done = source.length;
    for (const { start, end } of cuts.toSorted((a, b) => b.end - a.end || a.start - b.start)) {
      if (end > done) continue;
      text = text.slice(0, start) + text.slice(end);
      done = start;
    }
    // Those of answers are not asked for any more.
    return text.replaceAll("= onFirstUse(", "= /* @__PURE__ */ onFirstUse(");
  };
}

/**
 * Gives all parts of a module.
 * @param {string} source
 */
function parse(source) {
  return partsOf(parseAst(source, { lang: "ts" }));
}

/**
 * @param {unknown} value
 * @returns {Node[]}
 */
function partsOf(value) {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap(partsOf);
  return isNode(value) ? [value, ...below] : below;
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isNode(value) {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/**
 * Gives the nodes of a list.
 * @param {unknown} list
 */
function nodes(list) {
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/**
 * Gives the name that an identifier, or the key of a member, is.
 * @param {unknown} node
 */
function nameOf(node) {
  return isNode(node) ? node.name : undefined;
}

/**
 * Gives the name of a function whose last parameter is a description.
 * @param {Node} node
 * @returns {readonly unknown[]}
 */
function describedHelper(node) {
  const made = node.type === "VariableDeclarator" ? node.init : node;
  const last = isNode(made) ? nodes(made.params).at(-1) : undefined;
  return nameOf(last) === "description" && node.id ? [nameOf(node.id)] : [];
}

/**
 * @param {Node} node
 * @param {string} source
 * @param {ReadonlySet<unknown>} helpers
 * @returns {readonly Cut[]}
 */
function cutsIn(node, source, helpers) {
  if (node.type === "TSSatisfiesExpression" && isNode(node.typeAnnotation)) {
    const isOperations = nameOf(node.typeAnnotation.typeName) === "Operations";
    return isOperations ? operationCuts(node, source) : [];
  }
  if (node.type !== "CallExpression" || !isNode(node.callee)) return [];
  const { callee, end } = node;
  const given = nodes(node.arguments);
  if (nameOf(callee.property) === "register" && nameOf(given[0]) === "schemas") {
    return isNode(callee.object) ? [{ start: callee.object.end, end }] : [];
  }
  const last = given.at(-1);
  const isText = last && (last.type === "Literal" || last.type === "TemplateLiteral");
  if (!helpers.has(nameOf(callee)) || !isText) return [];
  return [{ start: given.at(-2)?.end ?? last.start, end: end - 1 }];
}

/**
 * @param {Node} all - what is held to be operations
 * @param {string} source
 */
function operationCuts(all, source) {
  // `{…} as const satisfies Operations`
  const written = isNode(all.expression) ? all.expression.expression : undefined;
  if (!isNode(written)) throw new Error("Operations are not written as they were");
  return membersOf(written).flatMap(({ value }) => {
    const members = membersOf(value);
    const answer = members.filter(({ key }) => nameOf(key) === "answer");
    return [
      ...memberCuts(members, ofOperation, source),
      ...memberCuts(
        answer.flatMap((member) => membersOf(member.value)),
        ofAnswer,
        source,
      ),
    ];
  });
}

/**
 * Gives the members of an object that is written out.
 * @param {unknown} node
 */
function membersOf(node) {
  return isNode(node) ? nodes(node.properties) : [];
}

/**
 * @param {readonly Node[]} members
 * @param {readonly unknown[]} names
 * @param {string} source
 * @returns {readonly Cut[]} each with the comma behind it
 */
function memberCuts(members, names, source) {
  return members
    .filter(({ key }) => names.includes(nameOf(key)))
    .map(({ start, end }) => ({
      start,
      end: end + (/^\s*,/.exec(source.slice(end, end + 100))?.[0].length ?? 0),
    }));
}
