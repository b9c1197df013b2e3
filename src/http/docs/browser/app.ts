/**
 * The script of the page. The service sends it as the text in `../script.ts`, which `npm run docs:script` makes of these
 * files: no runtime of the service runs them.
 */
import {
  type ApiDocument,
  asksForToken,
  type DocumentedOperation,
  operationsOf,
  type Tag,
} from "./api-document.ts";
import { elementOf, make, prose } from "./elements.ts";
import { answerTable, inputTables } from "./tables.ts";
import { tryForm } from "./try-form.ts";

const main = elementOf("operations", HTMLElement);
const contents = elementOf("contents", HTMLElement);

void start();

async function start(): Promise<void> {
  let api: ApiDocument;
  try {
    api = await (await fetch("openapi.json")).json();
  } catch {
    const trouble = "The OpenAPI document cannot be had. Is the service running?";
    main.append(make("p", { role: "alert" }, trouble));
    return;
  }
  main.append(make("div", { class: "about" }, ...prose(api.info.description)));
  const operations = operationsOf(api);
  for (const tag of api.tags) {
    const tagged = operations.filter(({ tags }) => tags.includes(tag.name));
    main.append(tagSection(api, tag, tagged));
    contents.append(tagContents(tag, tagged));
  }
  openLinked();
  addEventListener("hashchange", openLinked);
}

function tagSection(
  api: ApiDocument,
  tag: Tag,
  operations: readonly DocumentedOperation[],
): HTMLElement {
  const id = `tag-${tag.name.replaceAll(" ", "-")}`;
  return make(
    "section",
    { "aria-labelledby": id },
    make("h2", { id }, tag.name),
    ...prose(tag.description),
    ...operations.map((operation) => operationDetails(api, operation)),
  );
}

function tagContents(tag: Tag, operations: readonly DocumentedOperation[]): HTMLElement {
  const links = operations.map(({ operationId, summary }) =>
    make("li", {}, make("a", { href: `#${operationId}` }, summary)),
  );
  return make("div", {}, make("h2", {}, tag.name), make("ul", {}, ...links));
}

function operationDetails(api: ApiDocument, operation: DocumentedOperation): HTMLElement {
  const { operationId, method, path, summary, description } = operation;
  const token = asksForToken(operation) ? ", needs an access token" : ", needs no access token";
  return make(
    "details",
    { id: operationId },
    make(
      "summary",
      {},
      make("span", { class: `method ${method}` }, method.toUpperCase()),
      make("code", {}, path),
      make("span", { class: "what" }, summary),
    ),
    make(
      "div",
      { class: "operation" },
      ...prose(description),
      make("p", { class: "facts" }, "operationId ", make("code", {}, operationId), token),
      ...inputTables(api, operation),
      tryForm(api, operation),
      answerTable(api, operation),
    ),
  );
}

function openLinked(): void {
  const details = location.hash && document.getElementById(location.hash.slice(1));
  if (details instanceof HTMLDetailsElement) {
    details.open = true;
    details.scrollIntoView();
    details.querySelector("summary")?.focus({ preventScroll: true });
  }
}
