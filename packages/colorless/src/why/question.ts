import type { ModuleText } from './module-text.ts'
import { type NamedFunction, namedFunctions } from './named-functions.ts'

/** What is asked for: a name, with its class or not, or a line; in all files or in those whose path ends so. */
export interface Question {
  readonly file: string | undefined
  readonly name: string | undefined
  readonly line: number | undefined
}

/** `load`, `Store.save`, `store.ts:Store.save`, `store.ts:12`. */
export function parseQuestion(text: string): Question {
  const at = text.lastIndexOf(':')
  const file = at > 0 ? text.slice(0, at).replaceAll('\\', '/') : undefined
  const rest = text.slice(at + 1)
  return /^\d+$/.test(rest)
    ? { file, name: undefined, line: Number(rest) }
    : { file, name: rest.replace(/\(.*\)$/s, ''), line: undefined }
}

/** The functions of a module that are meant. */
export function meantBy({ file, name, line }: Question, module: ModuleText): NamedFunction[] {
  if (file !== undefined && !isEndOf(module.path, file)) return []
  const all = namedFunctions(module.program)
  if (line !== undefined) return innermost(all, module, line)
  // A class by its name alone is how it is constructed.
  return all.filter(
    one => one.qualified === name || one.name === name || one.qualified === `${name}.constructor`,
  )
}

/** Those that begin in a line; if none does, the innermost that it is inside of. */
function innermost(all: readonly NamedFunction[], module: ModuleText, line: number): NamedFunction[] {
  const beginning = all.filter(({ node }) => module.placeOf(node.start).line === line)
  if (beginning.length > 0) return beginning
  const around = all.filter(
    ({ node }) => module.placeOf(node.start).line < line && module.placeOf(node.end).line >= line,
  )
  return around.slice(-1)
}

function isEndOf(path: string, file: string): boolean {
  const whole = path.replaceAll('\\', '/')
  const end = file.replace(/^\.\//, '')
  return whole === end || whole.endsWith(`/${end}`)
}

/** Names like the one that is asked for, nearest first. */
export function nearest(name: string, known: Iterable<string>): string[] {
  const limit = Math.max(2, Math.floor(name.length / 3))
  return [...new Set(known)]
    .map(one => ({ one, far: Math.min(distance(name, one), distance(name, one.split('.').at(-1) ?? '')) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1))
    .slice(0, 3)
    .map(({ one }) => one)
}

/** How many letters have to be put in, left out or replaced to make one of the other; upper and lower case count as one. */
function distance(a: string, b: string): number {
  const [from, to] = [a.toLowerCase(), b.toLowerCase()]
  let row = Array.from({ length: to.length + 1 }, (_, n) => n)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[to.length] as number
}
