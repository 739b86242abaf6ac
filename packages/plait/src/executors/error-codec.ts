import { DeadlockError, type StuckTask } from '../errors/deadlock-error.ts'
import { ExceptionGroup } from '../errors/exception-group.ts'
import { quietly } from '../errors/quiet.ts'
import { clonedCopy } from './cloned-copy.ts'
import { classFor, type ErrorHome, isError, type Lineage, lineageOf } from './error-classes.ts'
import { declaredClasses } from './remote.ts'
import { remoteStack } from './remote-stack.ts'
import { told } from './walk-value.ts'

export type { ErrorHome } from './error-classes.ts'

/** Whatever was thrown, as data that any clone takes. Errors stand in a flat list, however deep their causes go. */
export interface EncodedError {
  readonly root: EncodedValue
  readonly errors: readonly EncodedNode[]
}

type EncodedValue =
  | { readonly kind: 'plain'; readonly value: unknown }
  | { readonly kind: 'error'; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly EncodedValue[] }
  /** Could not be cloned. What was thrown arrives as an error that says so; what an error carried, as a text. */
  | { readonly kind: 'lost'; readonly text: string; readonly wasThrown: boolean }

interface EncodedNode {
  readonly lineage: Lineage
  readonly name: string | undefined
  readonly message: string | undefined
  readonly stack: string | undefined
  readonly own: readonly OwnProperty[]
  /** What a DeadlockError keeps to itself. */
  readonly stuck: Stuck | undefined
}

interface OwnProperty {
  readonly key: string
  readonly enumerable: boolean
  readonly value: EncodedValue
}

interface Stuck {
  readonly tasks: readonly StuckTask[]
  readonly circles: readonly (readonly string[])[]
}

/** Turns whatever was thrown into plain data that any clone takes. Never throws. */
export function encodeError(error: unknown, home: ErrorHome = declaredClasses): EncodedError {
  return new Encoder(home).encode(error)
}

class Encoder {
  readonly #home: ErrorHome | undefined
  /** Every error met so far, in order: its place there is how the others refer to it. */
  readonly #met: object[] = []
  readonly #places = new Map<object, number>()
  /** The copies of what errors carry: what was one object stays one. */
  readonly #copies = new Map<unknown, { readonly copy: unknown } | undefined>()

  constructor(home: ErrorHome | undefined) {
    this.#home = home
  }

  encode(error: unknown): EncodedError {
    const root = this.#value(error, true)
    const errors: EncodedNode[] = []
    // The list grows while it is gone through: a long chain of causes is no deep recursion.
    for (const met of this.#met) errors.push(this.#node(met))
    return { root, errors }
  }

  #node(error: object): EncodedNode {
    const lineage = lineageOf(error, this.#home)
    return {
      lineage,
      name: readText(error, 'name'),
      message: readText(error, 'message'),
      stack: readText(error, 'stack'),
      own: keysOf(error).flatMap(key => this.#property(error, key) ?? []),
      stuck: lineage.base === 'DeadlockError' ? stuckOf(error) : undefined,
    }
  }

  #property(error: object, key: string): OwnProperty | undefined {
    let enumerable = true
    try {
      enumerable = Object.getOwnPropertyDescriptor(error, key)?.enumerable ?? true
      const value = (error as Record<string, unknown>)[key]
      // The text of a function would break whoever calls the method that it stands in for, such as toString.
      if (typeof value === 'function' && key in (Object.getPrototypeOf(error) ?? {})) return undefined
      if (key !== 'errors' || !Array.isArray(value))
        return { key, enumerable, value: this.#value(value, key === 'cause') }
      const items = Array.from(value, item => this.#value(item, true))
      return { key, enumerable, value: { kind: 'list', items } }
    } catch (failure) {
      return { key, enumerable, value: { kind: 'lost', text: `threw ${told(failure)}`, wasThrown: false } }
    }
  }

  #value(value: unknown, wasThrown: boolean): EncodedValue {
    if (typeof value === 'object' && value !== null) {
      if (isError(value)) return { kind: 'error', at: this.#placeOf(value) }
      if (!this.#copies.has(value)) this.#copies.set(value, clonedCopy(value))
      const cloned = this.#copies.get(value)
      if (cloned !== undefined) return { kind: 'plain', value: cloned.copy }
    } else if (typeof value !== 'function' && typeof value !== 'symbol') return { kind: 'plain', value }
    return { kind: 'lost', text: told(value), wasThrown }
  }

  #placeOf(error: object): number {
    const known = this.#places.get(error)
    if (known !== undefined) return known
    this.#places.set(error, this.#met.length)
    return this.#met.push(error) - 1
  }
}

function keysOf(error: object): string[] {
  try {
    return Object.getOwnPropertyNames(error).filter(key => key !== 'stack')
  } catch {
    return []
  }
}

/** The text that an error has there, its own or its class's. */
function readText(error: object, key: string): string | undefined {
  try {
    const text = (error as Record<string, unknown>)[key]
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

function stuckOf(error: object): Stuck | undefined {
  try {
    const { tasks, circles } = error as DeadlockError
    return clonedCopy({ tasks, circles })?.copy as Stuck | undefined
  } catch {
    return undefined
  }
}

/**
 * What was thrown, from the data: errors with class, message, cause, own properties and the stack they had, `where` first
 * in it. One error that was met in two places is one again, circles included. Constructors of classes that are not the
 * library's or the language's are not called.
 */
export function decodeError(
  encoded: EncodedError,
  where: string,
  home: ErrorHome = declaredClasses,
): unknown {
  const errors = encoded.errors.map(node => shellOf(node, home))
  const decode = (encoded: EncodedValue): unknown => {
    switch (encoded.kind) {
      case 'plain':
        return encoded.value
      case 'error':
        return errors[encoded.at]
      case 'list':
        return encoded.items.map(decode)
      case 'lost':
        return encoded.wasThrown ? unsent(encoded.text, where) : encoded.text
    }
  }
  // Only now that all of them are there can one refer to another.
  for (const [at, node] of encoded.errors.entries()) fill(errors[at] as Error, node, where, decode)
  return decode(encoded.root)
}

/** An error of that class, with nothing on it yet. */
function shellOf(node: EncodedNode, home: ErrorHome | undefined): Error {
  const error = quietly(() => bareError(node))
  const { prototype } = classFor(node.lineage, home)
  if (Object.getPrototypeOf(error) !== prototype) Object.setPrototypeOf(error, prototype)
  return error
}

/** Made by their constructors are those that keep something where nobody else can put it. */
function bareError({ lineage, name, message = '', stuck, own }: EncodedNode): Error {
  switch (lineage.base) {
    case 'DOMException':
      return new DOMException(message, name)
    case 'DeadlockError':
      return new DeadlockError(stuck?.tasks ?? [], stuck?.circles)
    case 'ExceptionGroup': {
      const errors = own.find(({ key }) => key === 'errors')?.value
      return new ExceptionGroup(labelOf(message, errors), [undefined])
    }
    default:
      return new Error()
  }
}

/** What a group was given as its message, before it added a count and the names. */
function labelOf(message: string, errors: EncodedValue | undefined): string {
  const count = errors?.kind === 'list' ? errors.items.length : 0
  const added = message.lastIndexOf(count === 1 ? ' (1 error: ' : ` (${count} errors: `)
  return added < 0 ? message : message.slice(0, added)
}

function fill(
  error: Error,
  node: EncodedNode,
  where: string,
  decode: (value: EncodedValue) => unknown,
): void {
  for (const { key, enumerable, value } of node.own) define(error, key, decode(value), enumerable)
  // Where a class gets its name or message by a getter, it may be one that works only in what its constructor made.
  for (const key of ['name', 'message'] as const) {
    const text = node[key]
    if (text !== undefined && readText(error, key) !== text) define(error, key, text, false)
  }
  const { name = 'Error', message = '', stack } = node
  define(error, 'stack', remoteStack(name, message, stack, where), false)
}

function unsent(what: string, where: string): Error {
  const message = `what was thrown cannot be sent from ${where}: ${what}`
  const error = quietly(() => new Error(message))
  define(error, 'stack', remoteStack('Error', message, undefined, where), false)
  return error
}

function define(error: Error, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true })
}
