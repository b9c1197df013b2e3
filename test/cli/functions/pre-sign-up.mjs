/** A function as one is deployed: it confirms whoever signs up from one company, and refuses the others. */
export async function handler(event) {
  if (!event.request.userAttributes.email.endsWith("@example.com"))
    throw new Error("Not one of us");
  event.response.autoConfirmUser = true;
  return event;
}
