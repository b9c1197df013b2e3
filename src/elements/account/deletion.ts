import { h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import { form } from "../parts/form.ts";
import type { Desk } from "./desk.ts";
import type { SectionParts } from "./section.ts";

/** The end of the account, which is asked for twice. */
export function deletionSection(
  { stage, account, fresh }: Desk,
  deleted: () => void,
): SectionParts {
  const { labels } = stage;
  return {
    name: "deletion",
    title: labels.delete_title,
    text: labels.delete_text,
    view(section) {
      const begin = button(labels.delete, "secondary", () => {
        section.show(
          form(stage, {
            fields: [],
            submit: labels.delete_confirm,
            kind: "danger",
            cancel: () => void section.load(),
            async send() {
              await fresh(() => account.deleteAccount(stage));
              deleted();
            },
          }),
        );
      });
      begin.classList.add("portico-button--small");
      return [h("div", {}, begin)];
    },
  };
}
