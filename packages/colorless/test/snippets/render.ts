const DEEPEST = 5

/**
 * A value as text, the same in every run: what a program can see of it without calling anything. Of a function only its
 * name, since what else hangs on it is the transform's business.
 */
export function render(value: unknown, depth = 0): string {
  switch (typeof value) {
    case 'string':
      return depth === 0 ? value : JSON.stringify(value)
    case 'bigint':
      return `${value}n`
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'function':
      return `[function ${String(Object.getOwnPropertyDescriptor(value, 'name')?.value ?? '?')}]`
    case 'object':
      return value === null ? 'null' : renderObject(value, depth)
    default:
      return String(value)
  }
}

function renderObject(object: object, depth: number): string {
  const name = nameOf(object)
  if (object instanceof Error) return `[${name} ${object.message}]`
  if (depth >= DEEPEST) return `[${name}]`
  const inner = (value: unknown): string => render(value, depth + 1)
  const properties = Reflect.ownKeys(object).filter(key => !(Array.isArray(object) && isIndex(key)))
  const shown = properties.flatMap(key => {
    if (Array.isArray(object) && key === 'length') return []
    const { value, get, set, enumerable } = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
    const accessors = [get && 'get', set && 'set'].filter(part => part !== undefined).join('/')
    return [`${enumerable === true ? '' : '~'}${String(key)}: ${accessors === '' ? inner(value) : accessors}`]
  })
  const items = itemsOf(object, inner)
  const all = items === undefined ? shown : [...items, ...shown]
  const [open, close] = items === undefined ? ['{', '}'] : ['[', ']']
  return `${name === 'Object' || name === 'Array' ? '' : `${name} `}${open}${all.join(', ')}${close}`
}

function itemsOf(object: object, inner: (value: unknown) => string): string[] | undefined {
  if (Array.isArray(object)) return Array.from(object, (item, n) => (n in object ? inner(item) : '-'))
  if (object instanceof Set) return Array.from(object, inner)
  if (object instanceof Map) return Array.from(object, ([key, value]) => `${inner(key)} => ${inner(value)}`)
  return undefined
}

function isIndex(key: PropertyKey): boolean {
  return typeof key === 'string' && /^\d+$/.test(key)
}

/** The name of its class, found without calling anything; of a generator, what it says of itself. */
function nameOf(object: object): string {
  for (let at: unknown = object; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at)) {
    const tag = Object.getOwnPropertyDescriptor(at, Symbol.toStringTag)?.value as unknown
    if (typeof tag === 'string') return tag
    const made = Object.getOwnPropertyDescriptor(at, 'constructor')?.value as unknown
    if (typeof made === 'function') return String(Object.getOwnPropertyDescriptor(made, 'name')?.value ?? '?')
  }
  return 'null'
}
