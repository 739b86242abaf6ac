import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** How messages speak of an inline function: by its name, and as what it would be declared. */
export interface InlineTitle {
  readonly name: string
  /** `function`, `async function` or `function*` */
  readonly keyword: string
}

/** What a CommonJS module has around it, and a worker has not. */
export const commonJsNames: ReadonlySet<string> = new Set([
  'require',
  'module',
  'exports',
  '__filename',
  '__dirname',
])

/** What can be done wrong with a function whose source is sent to a worker. */
const TABLE = {
  inlineNotAFunction: (value: unknown) =>
    `a worker runs a function, declared with remote(…) or inline, and got ${show(value)}`,
  inlineOuter: (title: InlineTitle, names: readonly string[]) =>
    `${inline(title.name)} uses ${subject(names)}, which a worker does not have: ${waysOut(title, names).join('; ')}`,
  inlineClass: (name: string) =>
    `${quoted('the class', name)} cannot be called by a worker: pass a function which makes what is needed of it`,
  inlineAsyncGenerator: (name: string) =>
    `${inline(name)} is an async generator, which nothing here runs: make it an async function that returns its result, or a generator that waits with yield*`,
  inlineBuiltIn: (name: string, path: string | undefined, takesOne: boolean) =>
    `${quoted('the function', name)} is built in and has no source to send: ${path === undefined ? 'pass a function that calls it' : `pass ${takesOne ? `x => ${path}(x)` : `(...args) => ${path}(...args)`}`}`,
  inlineBound: (name: string) =>
    `${quoted('the function', name)} hides its source, and what it is bound to: pass a function with that as an argument, (it, x) => it.method(x)`,
  inlineCoroutine: (name: string) =>
    `${quoted('the coroutine function', name)} cannot be sent inline: declare it in a module with remote(import.meta.url, coroutine(function* ${isWord(name) ? name : ''}…))`,
  inlineUnreadable: (name: string, why: string) =>
    `${inline(name)} cannot be read as plain JavaScript in strict mode (${why}): write it without that, or declare it in a module with remote(import.meta.url, …)`,
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}

function inline(name: string): string {
  return quoted('the inline function', name)
}

function quoted(what: string, name: string): string {
  return name === '' ? `${what} (without a name)` : `${what} ${JSON.stringify(name)}`
}

const insteadOf: Readonly<Record<string, string>> = {
  this: 'in an arrow, this is that of its surroundings, so pass what is needed of it as an argument',
  arguments: 'an arrow has no arguments of its own, so write (...args) => …',
  super: 'super belongs to the object of a method, so pass what is needed of it as an argument',
  'new.target': 'a worker calls it without new, so leave new.target out',
  'import.meta': 'import.meta belongs to a module, so pass what is needed of it as an argument',
}

function isVariable(name: string): boolean {
  return !Object.hasOwn(insteadOf, name) && !name.startsWith('#')
}

function subject(names: readonly string[]): string {
  const variables = names.filter(isVariable)
  const others = names.filter(name => !isVariable(name))
  if (variables.length === 0) return list(others)
  const text = `${variables.length === 1 ? 'an outer variable' : 'outer variables'}, ${list(variables)}`
  return others.length === 0 ? text : `${text}, and ${list(others)}`
}

function waysOut({ name, keyword }: InlineTitle, names: readonly string[]): string[] {
  const itself = isWord(name) && names.includes(name)
  const common = names.filter(used => commonJsNames.has(used))
  const plain = names.filter(used => isVariable(used) && used !== name && !commonJsNames.has(used))
  const privates = names.filter(used => used.startsWith('#'))
  const ways: string[] = []
  if (plain.length > 0) {
    const remote = `remote(import.meta.url, ${keyword} ${isWord(name) ? name : ''}…)`
    ways.push(`${passed(plain, plain.length < names.length)}, or declare it in a module with ${remote}`)
  }
  if (itself) ways.push(`to call itself, make it a named function, ${keyword} ${name}(…)`)
  if (common.length > 0) {
    const instead = common.includes('require')
      ? "use await import('node:…')"
      : "pass what is needed as an argument, or use await import('node:…')"
    ways.push(`${list(common)} ${common.length === 1 ? 'belongs' : 'belong'} to CommonJS, so ${instead}`)
  }
  for (const used of names) if (Object.hasOwn(insteadOf, used)) ways.push(insteadOf[used] as string)
  if (privates.length > 0) {
    ways.push(
      `${list(privates)} ${privates.length === 1 ? 'is' : 'are'} private to a class, so ${passed(privates, false)}`,
    )
  }
  return ways
}

function passed(names: readonly string[], byName: boolean): string {
  if (names.length === 1) return `pass ${byName ? list(names) : 'it'} as an argument`
  return `pass ${byName ? list(names) : 'them'} as arguments`
}

function list(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Whether the name can stand after `function`. */
function isWord(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
}
