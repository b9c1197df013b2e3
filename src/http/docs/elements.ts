/** The part of the page's script that makes elements, as text only and never of HTML. */
export const elements = String.raw`
function bodyTables(schema) {
  if (schema.oneOf) return schema.oneOf.map(resolve).flatMap(bodyTables);
  const { properties, required = [], description } = schema;
  const rows = Object.entries(properties).map(([name, property]) =>
    memberRow(name, required.includes(name), resolve(property)));
  return [memberTable("Request body: " + description, rows)];
}

function memberTable(caption, rows) {
  return make("table", {}, make("caption", {}, ...inline(caption)), make("tbody", {}, ...rows));
}

function memberRow(name, required, schema) {
  return make("tr", {},
    make("th", { scope: "row" }, make("code", {}, name)),
    make("td", {}, required ? "required" : "optional"),
    make("td", {}, ...inline(limitsOf(schema))));
}

function limitsOf(schema) {
  const { type, minLength, maxLength, minimum, maximum, items, description = "" } = schema;
  const values = schema.const === undefined ? (schema.enum ?? items?.enum ?? []) : [schema.const];
  return [
    type,
    ...(maxLength === undefined ? [] : [(minLength ?? 0) + " to " + maxLength + " characters"]),
    ...(maximum === undefined ? [] : [(minimum ?? 0) + " to " + maximum]),
    ...(schema.default === undefined ? [] : ["by default " + schema.default]),
    ...(values.length > 0 ? ["\u0060" + values.join("\u0060, \u0060") + "\u0060"] : []),
  ].join(", ") + ". " + description;
}

function prose(text) {
  return text.split("\n\n").map((paragraph) => make("p", {}, ...inline(paragraph)));
}

function inline(text) {
  return text.split("\u0060").map((part, index) => (index % 2 === 1 ? make("code", {}, part) : part));
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pretty(value) {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
`.trimStart();
