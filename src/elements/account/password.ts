import { h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import { passwordField, usernameForManagers } from "../parts/fields.ts";
import { form } from "../parts/form.ts";
import { newPasswordField } from "../parts/rules.ts";
import type { Desk } from "./desk.ts";
import type { Section, SectionParts } from "./section.ts";

/** The user's password. */
export function passwordSection(desk: Desk, username: string): SectionParts {
  const { labels } = desk.stage;
  return {
    name: "password",
    title: labels.password,
    text: labels.password_text,
    view(section) {
      const change = button(labels.change_password, "secondary", () =>
        section.show(passwordForm(desk, section, username)),
      );
      change.classList.add("portico-button--small");
      return [h("div", {}, change)];
    },
  };
}

function passwordForm({ stage, account, capabilities }: Desk, section: Section, username: string) {
  const { labels } = stage;
  const current = {
    name: "current_password",
    label: labels.current_password,
    autocomplete: "current-password",
  };
  return form(stage, {
    before: [usernameForManagers(username)],
    fields: [passwordField(current, labels), newPasswordField(stage, capabilities)],
    submit: labels.change_password,
    cancel: () => void section.load(),
    async send({ current_password = "", new_password = "" }) {
      await account.changePassword({ current_password, new_password }, stage);
      await section.load(labels.password_changed);
    },
  });
}
