import {
  type ApiDocument,
  asksForToken,
  bodyOf,
  type DocumentedOperation,
  exampleOf,
  type Parameter,
  resolve,
} from "./api-document.ts";
import { make } from "./elements.ts";
import { fill, parse, pretty } from "./json.ts";
import { takeChallenge, takeTokens, tokenField } from "./next-steps.ts";

interface Field {
  readonly parameter: Parameter;
  readonly input: HTMLInputElement;
}

/** The parts of a form that sending needs. */
interface Sending {
  readonly api: ApiDocument;
  readonly operation: DocumentedOperation;
  readonly fields: readonly Field[];
  readonly editor: HTMLTextAreaElement | undefined;
  readonly button: HTMLButtonElement;
  readonly result: HTMLElement;
  readonly status: HTMLElement;
  readonly rest: HTMLElement;
}

const shownHeaders = [
  "content-type",
  "cache-control",
  "retry-after",
  "www-authenticate",
  "allow",
  "x-request-id",
];

/** Makes the form to try an operation with: a field for each parameter, the body as JSON, and a place for the answer. */
export function tryForm(api: ApiDocument, operation: DocumentedOperation): HTMLElement {
  const { operationId, parameters = [] } = operation;
  const fields = parameters.map((parameter) => fieldOf(operationId, resolve(api, parameter)));
  const body = bodyOf(operation);
  const editor =
    body &&
    make("textarea", {
      id: `${operationId}-body`,
      spellcheck: "false",
      autocapitalize: "off",
    });
  if (editor) fill(editor, exampleOf(api, body));
  // Only this is read out: what follows can be long.
  const status = make("p", { class: "status", role: "status" });
  const rest = make("div", {});
  const result = make("div", { class: "result" }, status, rest);
  const button = make("button", { type: "submit" }, "Send");
  const form = make(
    "form",
    {},
    ...fields.flatMap(({ parameter, input }) => [
      make("label", { for: input.id }, parameter.name),
      input,
    ]),
    ...(editor ? [make("label", { for: editor.id }, "JSON to send"), editor] : []),
    button,
    result,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send({ api, operation, fields, editor, button, result, status, rest });
  });
  return form;
}

function fieldOf(operationId: string, parameter: Parameter): Field {
  const input = make("input", {
    id: `${operationId}-${parameter.name}`,
    autocomplete: "off",
    ...(parameter.required && { required: "" }),
  });
  return { parameter, input };
}

async function send(sending: Sending): Promise<void> {
  const { api, button, result, status, rest } = sending;
  const say = (outcome: string, text: string, ...nodes: readonly Node[]) => {
    result.className = `result ${outcome}`;
    status.textContent = text;
    rest.replaceChildren(...nodes);
  };
  button.disabled = true;
  say("waiting", "Waiting for the answer …");
  const started = performance.now();
  try {
    const response = await fetch(...requestOf(sending));
    const text = await response.text();
    const took = Math.round(performance.now() - started);
    const statusText = response.statusText ? ` ${response.statusText}` : "";
    say(
      response.ok ? "good" : "bad",
      `${response.status}${statusText}, ${took} ms`,
      ...answerNodes(response, text),
    );
    takeTokens(parse(text)?.tokens);
    takeChallenge(api, parse(text)?.challenge);
  } catch {
    say("bad", "No answer: the service cannot be reached.");
  } finally {
    button.disabled = false;
  }
}

function requestOf({ operation, fields, editor }: Sending): [URL, RequestInit] {
  const url = new URL(location.href);
  url.hash = "";
  url.search = "";
  let path = operation.path;
  for (const { parameter, input } of fields) {
    if (parameter.in === "path") {
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    } else if (input.value !== "") url.searchParams.set(parameter.name, input.value);
  }
  url.pathname = url.pathname.replace(/\/docs$/, "") + path;
  const headers: Record<string, string> = {};
  const token = tokenField.value.trim();
  if (asksForToken(operation) && token !== "") headers.Authorization = `Bearer ${token}`;
  const request = { method: operation.method.toUpperCase(), headers };
  if (!editor) return [url, request];
  const [mediaType = ""] = Object.keys(operation.requestBody?.content ?? {});
  headers["Content-Type"] = mediaType;
  const isJson = mediaType.endsWith("json");
  const body = isJson ? editor.value : new URLSearchParams(JSON.parse(editor.value));
  return [url, { ...request, body }];
}

function answerNodes({ headers }: Response, text: string): Node[] {
  const shown = shownHeaders.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [make("dt", {}, name), make("dd", {}, value)];
  });
  return [
    make("dl", {}, ...shown),
    text === ""
      ? make("p", {}, "No body.")
      : make("pre", { tabindex: "0" }, pretty(parse(text) ?? text)),
  ];
}
