const LONGEST = 60

/** A value as an error message names it: short, on one line, never throwing. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return cut(JSON.stringify(value))
    case 'function':
      return `function ${value.name || '(without a name)'}`
    case 'object':
      return value === null ? 'null' : cut(showObject(value))
    case 'bigint':
      return `${value}n`
    default:
      return String(value)
  }
}

function showObject(value: object): string {
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`
    if (value instanceof Error) return `${value.name}: ${value.message}`
    const tag = Object.prototype.toString.call(value).slice(8, -1)
    const own = Object.getPrototypeOf(value)?.constructor?.name as string | undefined
    if (own === 'Object' || own === undefined) return JSON.stringify(value) ?? 'an object'
    // A generator's class is called GeneratorFunction or nothing at all: its tag says more.
    return tag === 'Generator' ? 'a generator' : `a ${own || tag}`
  } catch {
    return 'an object'
  }
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}

/** Marks what lives on one thread: a clone of it elsewhere would be its fields and nothing else. */
export const LIVE: unique symbol = Symbol('lives on one thread')

/**
 * Says of a class that its objects live: they are no data, so console.log shows them as they show themselves, in place of
 * all their fields, and they are not sent elsewhere.
 */
export function showAsText(prototype: object): void {
  Object.defineProperty(prototype, LIVE, { value: true })
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: object): string {
      return this.toString()
    },
  })
}
