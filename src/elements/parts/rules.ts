import type { Capabilities } from "../client.ts";
import { h, icon, icons } from "../dom.ts";
import type { Stage } from "../stage.ts";
import { type Field, type FieldParts, passwordField } from "./fields.ts";

const patterns = {
  lowercase: /\p{Ll}/u,
  uppercase: /\p{Lu}/u,
  digit: /\p{Nd}/u,
  symbol: /[^\p{L}\p{N}]/u,
} as const;

/** Makes the field for a password that is to be set, with the rules for it, each marked once it is kept. */
export function newPasswordField(
  stage: Stage,
  { password }: Pick<Capabilities, "password">,
  parts: Partial<FieldParts> = {},
): Field {
  const { labels } = stage;
  const rules = rulesOf(stage, password);
  const list = h("ul", { class: "portico-rules" });
  const items = rules.map(({ text, isKept }) => {
    const item = h("li", {}, icon(icons.done), h("span", {}, text));
    list.append(item);
    return { item, isKept };
  });
  const made = passwordField(
    {
      name: "new_password",
      label: labels.new_password,
      autocomplete: "new-password",
      ...parts,
      ...(rules.length > 0 && { below: list }),
    },
    labels,
  );
  made.input.addEventListener("input", () => {
    for (const { item, isKept } of items) {
      item.toggleAttribute("data-met", isKept(made.input.value));
    }
  });
  return made;
}

function rulesOf(stage: Stage, password: Capabilities["password"]) {
  if (!password) return [];
  const { min_length: count, requires = [] } = password;
  return [
    ...(count === undefined
      ? []
      : [
          {
            text: stage.say("rule_length", { count }),
            isKept: (text: string) => [...text].length >= count,
          },
        ]),
    ...requires.map((name) => ({
      text: stage.labels[`rule_${name}`],
      isKept: (text: string) => patterns[name].test(text),
    })),
  ];
}
