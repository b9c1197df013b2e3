/** The part of the package that we use, which is there only for whoever sends by SMTP. */
export interface Nodemailer {
  createTransport(options: object): SmtpTransport;
}

/** Connections to a server that takes mails. */
export interface SmtpTransport {
  sendMail(message: object): Promise<unknown>;
}

/** Loads it by a name that no bundler sees, as whoever has no use for SMTP, and every Worker, shall not carry its package. */
export async function loadNodemailer(): Promise<Nodemailer> {
  const specifier: string = "nodemailer";
  const { default: nodemailer } = await import(/* @vite-ignore */ specifier).catch((cause) => {
    throw new Error("Mails by SMTP need the package nodemailer: npm install nodemailer", { cause });
  });
  return nodemailer;
}
