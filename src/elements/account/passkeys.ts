import { h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import { whenClicked } from "../parts/form.ts";
import type { Desk } from "./desk.ts";
import { item, list, type SectionParts } from "./section.ts";

/** The user's passkeys. */
export function passkeySection({ stage, passkeys, fresh, date }: Desk): SectionParts {
  const { labels } = stage;
  return {
    name: "passkeys",
    title: labels.passkeys,
    text: labels.passkeys_text,
    async view(section) {
      const keys = await passkeys();
      const all = await keys.list(stage);
      const items = all.map(({ id, name = labels.passkey_unnamed, created_at }) => {
        const remove = button(labels.remove, "secondary", () => undefined);
        remove.setAttribute("aria-label", `${labels.remove}: ${name}`);
        const made = item(name, stage.say("added_on", { date: date(created_at) }), remove);
        const alert = whenClicked(stage, remove, async () => {
          await fresh(() => keys.remove(id, stage));
          await section.load(labels.saved);
        });
        made.append(alert);
        return made;
      });
      const add = button(labels.passkey_add, "secondary", () => undefined, "passkey");
      add.classList.add("portico-button--small");
      const alert = whenClicked(stage, add, async () => {
        await fresh(() => keys.register(stage));
        await section.load(labels.passkey_added);
      });
      const offer = keys.isAvailable()
        ? h("div", {}, add)
        : h("p", { class: "portico-hint" }, labels.no_passkeys);
      return [items.length > 0 && list(...items), alert, offer];
    },
  };
}
