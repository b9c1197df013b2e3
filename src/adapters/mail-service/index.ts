export { createMailServiceCourier, type MailServiceOptions } from "./courier.ts";
