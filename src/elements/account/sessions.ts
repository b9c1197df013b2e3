import type { Schemas } from "../client.ts";
import { h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import { whenClicked } from "../parts/form.ts";
import type { Desk } from "./desk.ts";
import { badge, item, list, type Section, type SectionParts } from "./section.ts";

/** The places where the user is signed in. */
export function sessionSection(desk: Desk): SectionParts {
  const { stage, account, capabilities } = desk;
  const { labels, client } = stage;
  return {
    name: "sessions",
    title: labels.sessions,
    async view(section) {
      const all = capabilities.account.session_list ? await account.sessions(stage) : [];
      const first = all.toSorted((a, b) => Number(b.is_current) - Number(a.is_current));
      const everywhere = button(labels.sign_out_everywhere, "secondary", () => undefined);
      everywhere.classList.add("portico-button--small");
      const alert = whenClicked(stage, everywhere, () => client.signOutEverywhere(stage));
      return [
        first.length > 0 && list(...first.map((one) => sessionItem(desk, section, one))),
        ...(capabilities.account.sign_out_everywhere ? [alert, h("div", {}, everywhere)] : []),
      ];
    },
  };
}

function sessionItem(
  { stage, account, date }: Desk,
  section: Section,
  session: Schemas["SessionSummary"],
): HTMLElement {
  const { labels } = stage;
  const { id, created_at, last_active_at, is_current, device } = session;
  const unnamed = is_current ? labels.session_this : labels.session_unknown;
  const name = h("span", {}, device ?? unnamed);
  if (is_current && device !== undefined) name.append(badge(labels.session_this, true));
  const since =
    last_active_at === undefined
      ? stage.say("session_since", { date: date(created_at, true) })
      : stage.say("session_active", { date: date(last_active_at, true) });
  if (is_current) return item(name, since);
  const end = button(labels.session_end, "secondary", () => undefined);
  end.setAttribute("aria-label", `${labels.session_end}: ${device ?? unnamed}, ${since}`);
  const made = item(name, since, end);
  const alert = whenClicked(stage, end, async () => {
    await account.endSession(id, stage);
    await section.load(labels.saved);
  });
  made.append(alert);
  return made;
}
