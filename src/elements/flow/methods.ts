import type { Schemas } from "../client.ts";
import type { IconName } from "../dom.ts";
import type { Stage } from "../stage.ts";

type Method = Schemas["MfaPreferences"]["enabled"][number] | "password" | "passkey" | "custom";

/** Gives the words and the picture of a factor that there is a choice of. */
export function factorChoice({ labels }: Stage, name: Method) {
  const choice = (label: string, icon: IconName, hint?: string) => ({ label, icon, hint });
  switch (name) {
    case "totp":
      return choice(labels.by_totp, "app", labels.by_totp_hint);
    case "sms_code":
      return choice(labels.by_sms, "phone", labels.by_sms_hint);
    case "email_code":
      return choice(labels.by_email, "mail", labels.by_email_hint);
    case "passkey":
      return choice(labels.by_passkey, "passkey");
    case "password":
      return choice(labels.by_password, "key");
    default:
      return choice(labels.custom_title, "key");
  }
}
