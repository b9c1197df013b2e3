/**
 * Tells whether a `Content-Type` is of a media type in UTF-8: whatever the case and the blanks, with no parameter but
 * that charset. Empty parameters count for nothing.
 *
 * @param mediaType - in lower case
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
 */
export function isUtf8MediaType(contentType: string | null, mediaType: string): boolean {
  const [type, ...parameters] = (contentType ?? "")
    .split(";")
    .map((part) => part.trim().toLowerCase());
  return type === mediaType && parameters.every((parameter) => utf8.test(parameter));
}

const utf8 = /^(?:charset=(?:utf-8|"utf-8"))?$/;
