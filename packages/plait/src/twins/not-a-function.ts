/** The engine's error for a call of what is no function, as it says it where it cannot see the source. */
export function notAFunction(value: unknown): TypeError {
  return new TypeError(`${callSite(value)} is not a function`)
}

/** How V8 calls a value in messages, where it has no source text to call it by. */
export function callSite(value: unknown): string {
  if (typeof value === 'string') return `string "${value}"`
  const isPlain = value === null || typeof value === 'number' || typeof value === 'boolean'
  return isPlain ? `${typeof value} ${value}` : typeof value
}
