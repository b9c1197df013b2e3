/** The members of JSON that the page goes by: of an answer of the service, or of a text that the reader sends. */
export interface JsonMembers {
  readonly tokens?: { readonly access_token: string; readonly refresh_token?: string };
  readonly challenge?: { readonly type: string; readonly session: string };
  readonly refresh_token?: string;
}

/** Reads JSON. Gives nothing for a text that is none, and `null` for one that says so. */
export function parse(text: string): JsonMembers | null | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a value for a reader: a text as it is, anything else as JSON with a line for each member. */
export function pretty(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** Puts a value into a text area, which becomes as high as that takes. */
export function fill(editor: HTMLTextAreaElement, value: unknown): void {
  editor.value = pretty(value);
  editor.rows = editor.value.split("\n").length;
}
