import type { Capabilities } from "../client.ts";
import type { Stage } from "../stage.ts";
import { type Field, type FieldParts, field } from "./fields.ts";

type Kinds = Capabilities["sign_in"]["usernames"];

/** Makes the field for a user name, as the kinds of name want it that there are. */
export function usernameField(
  stage: Stage,
  kinds: Kinds = [],
  parts: Partial<FieldParts> = {},
): Field {
  const { labels } = stage;
  const [only] = kinds.length === 1 ? kinds : [];
  const type = { email: "email", phone_number: "tel", username: "text" } as const;
  return field({
    name: "username",
    autocomplete: "username",
    label: labelOf(labels, kinds),
    type: only ? type[only] : "text",
    ...(only === "phone_number" && { hint: labels.phone_hint }),
    normal: (text) => text.trim(),
    ...parts,
  });
}

function labelOf(labels: Stage["labels"], kinds: NonNullable<Kinds>): string {
  const [email, phone, name] = (["email", "phone_number", "username"] as const).map((kind) =>
    kinds.includes(kind),
  );
  if (name) return email ? labels.any_name : labels.username;
  // Where the service does not know, most people try their address first.
  if (!email && !phone) return labels.any_name;
  if (email && phone) return labels.email_or_phone_number;
  return email ? labels.email : labels.phone_number;
}
