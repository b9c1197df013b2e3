import type { Schemas } from "../client.ts";
import { type Content, h } from "../dom.ts";
import { resend, sentTo } from "../flow/codes.ts";
import { attributeField, attributeLabel } from "../parts/attributes.ts";
import { button } from "../parts/buttons.ts";
import { codeField } from "../parts/fields.ts";
import { form, whenClicked } from "../parts/form.ts";
import type { Desk } from "./desk.ts";
import { badge, item, list, type Section, type SectionParts } from "./section.ts";

type Address = "email" | "phone_number";
type Delivery = Schemas["Delivery"];

const usual = ["given_name", "family_name", "email", "phone_number"];

/** Attributes that say something about others, or that a provider sets. */
const notShown = /_verified$|^(?:sub|updated_at|identities)$|^dev:/;

/** The user's attributes. */
export function profileSection(desk: Desk): SectionParts {
  const { stage, account } = desk;
  return {
    name: "profile",
    title: stage.labels.profile,
    async view(section) {
      const { attributes, username } = await account.profile(stage);
      const names = Object.keys(attributes).filter((name) => !notShown.test(name));
      const shown = [...new Set([...usual.filter((name) => names.includes(name)), ...names])];
      const rows = shown.map((name) => row(desk, section, attributes, name, username));
      const edit = button(stage.labels.edit, "secondary", () =>
        section.show(editForm(desk, section, attributes, username)),
      );
      edit.classList.add("portico-button--small");
      return [
        rows.length > 0
          ? list(...rows)
          : h("p", { class: "portico-text" }, stage.labels.nothing_yet),
        h("div", {}, edit),
      ];
    },
  };
}

type Attributes = Schemas["Profile"]["attributes"];

function row(
  desk: Desk,
  section: Section,
  attributes: Attributes,
  name: string,
  username: string,
): HTMLElement {
  const { stage, account } = desk;
  const { labels } = stage;
  const isAddress = name === "email" || name === "phone_number";
  const isVerified = attributes[`${name}_verified`] === true;
  const label = h("span", {}, attributeLabel(stage, name));
  if (isAddress) label.append(badge(isVerified ? labels.verified : labels.unverified, isVerified));
  const verify = button(labels.verify, "secondary", () => undefined);
  const made = item(label, String(attributes[name]), ...(isAddress && !isVerified ? [verify] : []));
  made.classList.add("portico-item--value");
  if (isAddress && !isVerified) {
    const alert = whenClicked(stage, verify, async () => {
      const { delivery } = await account.sendVerification(name, stage);
      section.show(...verifyForm(desk, section, name, delivery, username));
    });
    made.append(alert);
  }
  return made;
}

function editForm(
  desk: Desk,
  section: Section,
  attributes: Attributes,
  username: string,
): HTMLElement {
  const { stage, account, fresh } = desk;
  const { labels } = stage;
  const there = Object.keys(attributes).filter((name) => !notShown.test(name));
  const names = [...new Set([...usual, ...there])];
  const before = (name: string) => String(attributes[name] ?? "");
  return form(stage, {
    fields: names.map((name) =>
      attributeField(stage, name, {
        value: before(name),
        required: false,
        ...(before(name) === "" && { note: labels.optional }),
      }),
    ),
    submit: labels.save,
    cancel: () => void section.load(),
    async send(answers) {
      const changed = Object.entries(answers).filter(([name, value]) => value !== before(name));
      if (changed.length === 0) return section.load();
      const { verification_required: toProve } = await fresh(() =>
        account.updateProfile(Object.fromEntries(changed), stage),
      );
      const [first] = toProve;
      if (!first) return section.load(labels.saved);
      section.show(
        ...verifyForm(desk, section, first.attribute as Address, first.delivery, username),
      );
    },
  });
}

/** Asks for the code that proves an address. */
function verifyForm(
  { stage, account }: Desk,
  section: Section,
  name: Address,
  delivery: Delivery | undefined,
  username: string,
): readonly Content[] {
  const { labels } = stage;
  stage.emit("portico-code", { username });
  return [
    form(stage, {
      text: sentTo(stage, delivery),
      fields: [codeField(labels.code)],
      submit: labels.verify,
      retry: "code",
      cancel: () => void section.load(),
      after: resend(stage, () => account.sendVerification(name, stage)),
      async send({ code = "" }) {
        await account.confirmAttribute(name, code, stage);
        await section.load(labels.saved);
      },
    }),
  ];
}
