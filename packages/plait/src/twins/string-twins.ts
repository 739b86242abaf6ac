import { type AnyFunction, type Steps, twinOf } from '../coroutine/twin.ts'
import type { Suspendable } from './after.ts'
import { cn, S } from './enter.ts'
import { install, plaitPlainly } from './install.ts'
import { isObject } from './is-object.ts'

type Note = (...args: unknown[]) => string

const nativeReplace: unknown = RegExp.prototype[Symbol.replace]

/**
 * `replace` and `replaceAll` with a function find all there is to replace before they call it. So the engine does that
 * here too, by `find`, and says what it would call the function with; the calls are made afterwards.
 */
function* replacing(fn: unknown, find: (note: Note) => string): Suspendable<string> {
  const calls: unknown[][] = []
  const untouched = find((...args) => {
    calls.push(args)
    return ''
  })
  const [first] = calls
  if (first === undefined) return untouched
  const text = first[positionIn(first) + 1] as string
  let result = ''
  let end = 0
  for (const args of calls) {
    let by = cn(fn, args)
    if (by === S) by = (yield S)._result
    const replacement = `${by as string}`
    const position = args[positionIn(args)] as number
    // What the `exec` of a program's own made up may stand before what was replaced already.
    if (position < end) continue
    result += text.slice(end, position) + replacement
    end = position + (args[0] as string).length
  }
  return result + text.slice(end)
}

/** Where in `matched, …groups, position, text[, named groups]` the position stands. */
function positionIn(args: readonly unknown[]): number {
  return typeof args.at(-2) === 'number' ? args.length - 2 : args.length - 3
}

function twinOfReplace(native: AnyFunction) {
  return function (this: unknown, ...args: unknown[]): Steps {
    const [pattern, by] = args
    if (this === undefined || this === null) return plaitPlainly(native, this, args)
    const method = replaceMethod(pattern)
    if (method === undefined || method === null || method === nativeReplace) {
      if (twinOf(by) === undefined) return plaitPlainly(native, this, args)
      return replacing(by, note => Reflect.apply(native, this, [pattern, note] as never[]) as string)
    }
    // A pattern of the program's own; one that is a regular expression has to say first that it is global.
    const twin = isObject(pattern) ? twinOf(method) : undefined
    if (twin === undefined || (native.name === 'replaceAll' && isLocal(pattern)))
      return plaitPlainly(native, this, args)
    return Reflect.apply(twin, pattern, [this, by])
  }
}

function replaceMethod(pattern: unknown): unknown {
  if (pattern === undefined || pattern === null) return undefined
  return (pattern as { readonly [Symbol.replace]?: unknown })[Symbol.replace]
}

function isLocal(pattern: unknown): boolean {
  const { [Symbol.match]: match, flags } = pattern as RegExp
  return Boolean(match) && !String(flags).includes('g')
}

for (const name of ['replace', 'replaceAll'] as const)
  install(`String.prototype.${name}`, String.prototype, name, twinOfReplace)
