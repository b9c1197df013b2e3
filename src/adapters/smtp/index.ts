export { createSmtpCourier, type SmtpOptions } from "./courier.ts";
