import { elements } from "./elements.ts";

/**
 * The script of the page. It writes text only as text, never as HTML, so that nothing the service answers can become
 * part of the page. (It is plain JavaScript in a string: no template literals, as this is one.)
 */
export const script = String.raw`
const shownHeaders = ["content-type", "cache-control", "retry-after", "www-authenticate", "allow", "x-request-id"];
const tokenField = document.getElementById("token");
const main = document.getElementById("operations");
const contents = document.getElementById("contents");
let api;

start();

async function start() {
  try {
    api = await (await fetch("openapi.json")).json();
  } catch {
    main.append(make("p", { role: "alert" }, "The OpenAPI document cannot be had. Is the service running?"));
    return;
  }
  main.append(make("div", { class: "about" }, ...prose(api.info.description)));
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })));
  for (const tag of api.tags) {
    const tagged = operations.filter((operation) => operation.tags.includes(tag.name));
    main.append(tagSection(tag, tagged));
    contents.append(tagContents(tag, tagged));
  }
  openLinked();
  addEventListener("hashchange", openLinked);
}

function tagSection(tag, operations) {
  const id = "tag-" + tag.name.replaceAll(" ", "-");
  return make("section", { "aria-labelledby": id },
    make("h2", { id }, tag.name), ...prose(tag.description), ...operations.map(operationDetails));
}

function tagContents(tag, operations) {
  const links = operations.map(({ operationId, summary }) =>
    make("li", {}, make("a", { href: "#" + operationId }, summary)));
  return make("div", {}, make("h2", {}, tag.name), make("ul", {}, ...links));
}

function operationDetails(operation) {
  const { operationId, method, path, summary, description, security } = operation;
  const details = make("details", { id: operationId },
    make("summary", {},
      make("span", { class: "method " + method }, method.toUpperCase()),
      make("code", {}, path),
      make("span", { class: "what" }, summary)),
    make("div", { class: "operation" },
      ...prose(description),
      make("p", { class: "facts" }, "operationId ", make("code", {}, operationId),
        asksFor(security, "accessToken") ? ", needs an access token" : ", needs no access token"),
      ...members(operation),
      tryForm(operation),
      answers(operation)));
  return details;
}

function members(operation) {
  const { parameters = [] } = operation;
  const schema = bodyOf(operation)?.schema;
  const rows = parameters.map(resolve).map(({ name, required, schema, description }) =>
    memberRow(name, required, { description, ...schema }));
  return [
    ...(rows.length > 0 ? [memberTable("Parameters", rows)] : []),
    ...(schema ? bodyTables(resolve(schema)) : []),
  ];
}

function tryForm(operation) {
  const { operationId, parameters = [] } = operation;
  const fields = parameters.map(resolve).map((parameter) => ({
    parameter,
    input: make("input", {
      id: operationId + "-" + parameter.name,
      autocomplete: "off",
      ...(parameter.required && { required: "" }),
    }),
  }));
  const body = bodyOf(operation);
  const editor = body && make("textarea", { id: operationId + "-body", spellcheck: "false", autocapitalize: "off" });
  if (editor) fill(editor, exampleOf(body));
  const result = make("div", { class: "result" },
    // Only this is read out: what follows can be long.
    make("p", { class: "status", role: "status" }),
    make("div", {}));
  const form = make("form", {},
    ...fields.flatMap(({ parameter, input }) => [make("label", { for: input.id }, parameter.name), input]),
    ...(editor ? [make("label", { for: editor.id }, "JSON to send"), editor] : []),
    make("button", { type: "submit" }, "Send"),
    result);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(operation, fields, editor, form.querySelector("button"), result);
  });
  return form;
}

async function send(operation, fields, editor, button, result) {
  const [status, rest] = result.children;
  const say = (outcome, text, ...nodes) => {
    result.className = "result " + outcome;
    status.textContent = text;
    rest.replaceChildren(...nodes);
  };
  button.disabled = true;
  say("waiting", "Waiting for the answer …");
  const started = performance.now();
  try {
    const response = await fetch(...requestOf(operation, fields, editor));
    const text = await response.text();
    const took = Math.round(performance.now() - started);
    say(response.ok ? "good" : "bad",
      response.status + (response.statusText ? " " + response.statusText : "") + ", " + took + " ms",
      ...resultNodes(response, text));
    takeTokens(parse(text)?.tokens);
    takeChallenge(parse(text)?.challenge);
  } catch {
    say("bad", "No answer: the service cannot be reached.");
  } finally {
    button.disabled = false;
  }
}

function requestOf({ method, path, security, requestBody }, fields, editor) {
  const url = new URL(location.href);
  url.hash = "";
  url.search = "";
  let filled = path;
  for (const { parameter, input } of fields) {
    if (parameter.in === "path") filled = filled.replace("{" + parameter.name + "}", encodeURIComponent(input.value));
    else if (input.value !== "") url.searchParams.set(parameter.name, input.value);
  }
  url.pathname = url.pathname.replace(/\/docs$/, "") + filled;
  const headers = {};
  if (asksFor(security, "accessToken") && tokenField.value.trim() !== "") headers.Authorization = "Bearer " + tokenField.value.trim();
  const [mediaType] = Object.keys(requestBody?.content ?? {});
  if (editor) headers["Content-Type"] = mediaType;
  const body = editor && (/json$/.test(mediaType) ? editor.value : new URLSearchParams(JSON.parse(editor.value)));
  return [url, { method: method.toUpperCase(), headers, ...(editor && { body }) }];
}

function resultNodes(response, text) {
  const headers = shownHeaders.filter((name) => response.headers.has(name)).flatMap((name) =>
    [make("dt", {}, name), make("dd", {}, response.headers.get(name))]);
  return [
    make("dl", {}, ...headers),
    ...(text === "" ? [make("p", {}, "No body.")] : [make("pre", { tabindex: "0" }, pretty(parse(text) ?? text))]),
  ];
}

function takeTokens(tokens) {
  if (!tokens) return;
  tokenField.value = tokens.access_token;
  document.getElementById("token-hint").textContent = "Filled in by the last answer. Kept in this page only, until it is closed.";
  if (tokens.refresh_token === undefined) return;
  for (const editor of document.querySelectorAll("textarea")) {
    const body = parse(editor.value);
    if (body?.refresh_token !== undefined) fill(editor, { ...body, refresh_token: tokens.refresh_token });
  }
}

function takeChallenge(challenge) {
  const editor = document.getElementById("answerChallenge-body");
  if (!challenge || !editor) return;
  const { type, session } = challenge;
  const { examples } = api.components;
  const example = Object.values(examples).map(({ value }) => value)
    .find((value) => value.session !== undefined && isOfType(value, type));
  fill(editor, { ...example, type, session });
}

function isOfType(value, type) {
  const { mapping } = api.components.schemas.AnswerChallengeRequest.discriminator;
  return mapping[value.type] === mapping[type];
}

function fill(editor, body) {
  editor.value = pretty(body);
  editor.rows = editor.value.split("\n").length;
}

function answers({ responses }) {
  const rows = Object.entries(responses).map(([status, reference]) => {
    const response = resolve(reference);
    const codes = codesOf(response);
    const said = codes.length > 0 ? codes.flatMap((code) => [make("code", {}, code), " "]) : inline(response.description);
    return make("tr", {}, make("th", { scope: "row" }, status), make("td", {}, ...said));
  });
  return make("table", {}, make("caption", {}, "Answers"), make("tbody", {}, ...rows));
}

function codesOf(response) {
  const parts = response.content?.["application/problem+json"]?.schema.allOf ?? [];
  return parts.flatMap((part) => part.properties?.code?.enum ?? []);
}

function asksFor(security, scheme) {
  return security.some((alternative) => scheme in alternative);
}

function bodyOf({ requestBody }) {
  return Object.values(requestBody?.content ?? {})[0];
}

function exampleOf({ examples = {} }) {
  const [first] = Object.values(examples);
  return first ? resolve(first).value : {};
}

function resolve(node) {
  if (node.$ref === undefined) return node;
  return node.$ref.slice(2).split("/").reduce((at, name) => at[name], api);
}

function openLinked() {
  const details = location.hash && document.getElementById(location.hash.slice(1));
  if (details instanceof HTMLDetailsElement) {
    details.open = true;
    details.scrollIntoView();
    details.querySelector("summary").focus({ preventScroll: true });
  }
}

${elements}`.trimStart();
