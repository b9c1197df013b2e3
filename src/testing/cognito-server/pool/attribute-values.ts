import type { SchemaAttribute } from "./pool-configuration.ts";

/** Says what is wrong with the value of an attribute: nothing, where it is of its type and within its bounds. */
export function valueFailure(attribute: SchemaAttribute, value: string): string | undefined {
  switch (attribute.AttributeDataType) {
    case "Number":
      return numberFault(attribute, value);
    case "Boolean":
      return /^(?:true|false)$/i.test(value) ? undefined : "Boolean must be true or false";
    case "DateTime":
      return isDateTime(value) ? undefined : "DateTime must be in ISO 8601 format";
    default:
      return textFault(attribute, value);
  }
}

function textFault(
  { StringAttributeConstraints: bounds = {} }: SchemaAttribute,
  value: string,
): string | undefined {
  if (value.length < Number(bounds.MinLength || 0)) return "String must be longer";
  return value.length > Number(bounds.MaxLength || 2048) ? "String must be shorter" : undefined;
}

function numberFault(
  { NumberAttributeConstraints: bounds = {} }: SchemaAttribute,
  value: string,
): string | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value)) return "Number is not valid";
  const number = Number(value);
  const isWithin =
    number >= Number(bounds.MinValue || Number.NEGATIVE_INFINITY) &&
    number <= Number(bounds.MaxValue || Number.POSITIVE_INFINITY);
  return isWithin ? undefined : "Number is out of range";
}

/** A date, with or without a time of day. */
function isDateTime(value: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}
