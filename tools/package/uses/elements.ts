// The calls that a page makes of the elements, by their types.
import { createClient } from "portico-client";
import { defineElements } from "portico-client/elements";

defineElements({ client: createClient({ url: "https://id.example.com" }) });

// @ts-expect-error Types that were not found would take anything.
defineElements(7);
