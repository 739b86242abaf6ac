import type { AnyFunction } from '../../coroutine/twin.ts'

/*
 * Whether a function is Node's own still, and not one that was put in its place: a twin does what Node's function does, so
 * that given to another one, of a file system in memory for one, it would go past it.
 */

type Sources = Readonly<Record<string, unknown>>

/** Where to look for the functions of a module: the texts that Node.js was built of. */
const texts = new Map<string, string>()
let sources: Sources | undefined

/** Whether Node's own text of the module has this function in it. Where the host does not show that, it is taken for Node's. */
export function isNodes(moduleName: string, fn: AnyFunction): boolean {
  const text = Function.prototype.toString.call(fn)
  // The engine's own, or one bound: those of dns are.
  if (text.endsWith('{ [native code] }')) return true
  const all = textOf(moduleName)
  return all === '' || all.includes(text)
}

function textOf(moduleName: string): string {
  let text = texts.get(moduleName)
  if (text === undefined) {
    sources ??= readSources()
    const inner = `internal/${moduleName}/`
    text = Object.entries(sources)
      .filter(([name]) => name === moduleName || name.startsWith(inner))
      .map(([, source]) => String(source))
      .join('\n')
    texts.set(moduleName, text)
  }
  return text
}

function readSources(): Sources {
  const host = (globalThis as { process?: Partial<NodeJS.Process> & { binding?: (name: string) => unknown } })
    .process
  if (host?.binding === undefined) return {}
  const before = host.noDeprecation
  try {
    // It is deprecated for what else it gives, and the program that patches has not called it.
    host.noDeprecation = true
    return (host.binding('natives') ?? {}) as Sources
  } catch {
    return {}
  } finally {
    if (before === undefined) delete host.noDeprecation
    else host.noDeprecation = before
  }
}
