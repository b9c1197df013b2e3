import type { Stage } from "../stage.ts";
import type { LabelName } from "../texts/en.ts";
import { type Field, type FieldParts, field } from "./fields.ts";

type Known = Pick<FieldParts, "autocomplete" | "type" | "inputmode"> & {
  readonly label: LabelName;
};

/**
 * The attributes that are known to be something in particular.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims for their names
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill for what browsers fill in
 */
const known: Readonly<Record<string, Known>> = {
  name: { label: "name", autocomplete: "name" },
  given_name: { label: "given_name", autocomplete: "given-name" },
  family_name: { label: "family_name", autocomplete: "family-name" },
  middle_name: { label: "middle_name", autocomplete: "additional-name" },
  nickname: { label: "nickname", autocomplete: "nickname" },
  preferred_username: { label: "preferred_username", autocomplete: "username" },
  email: { label: "email", autocomplete: "email", type: "email" },
  phone_number: { label: "phone_number", autocomplete: "tel", type: "tel" },
  birthdate: { label: "birthdate", autocomplete: "bday", type: "date" },
  gender: { label: "gender", autocomplete: "sex" },
  address: { label: "address", autocomplete: "street-address" },
  website: { label: "website", autocomplete: "url", type: "url" },
  picture: { label: "picture", autocomplete: "photo", type: "url" },
  profile: { label: "profile_page", autocomplete: "off", type: "url" },
  zoneinfo: { label: "zoneinfo", autocomplete: "off" },
  locale: { label: "locale", autocomplete: "language" },
};

/** Gives the label of an attribute: of one that nobody here knows, its name as words. */
export function attributeLabel({ labels }: Stage, name: string): string {
  const { label } = known[name] ?? {};
  if (label) return labels[label];
  const words = name.replace(/^custom:/, "").replace(/[_-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Makes the field for an attribute. */
export function attributeField(stage: Stage, name: string, parts: Partial<FieldParts> = {}): Field {
  const { autocomplete = "off", type = "text" } = known[name] ?? {};
  return field({
    name,
    label: attributeLabel(stage, name),
    autocomplete,
    type,
    pointers: [`/attributes/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`],
    ...(name === "phone_number" && { hint: stage.labels.phone_hint, normal: withoutSpaces }),
    ...parts,
  });
}

/** People write numbers in groups, and directories keep them without (E.164). */
function withoutSpaces(number: string): string {
  return number.replace(/[\s().-]+/g, "");
}
