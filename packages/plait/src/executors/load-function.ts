import { join } from 'node:path'
import { compileFunction, constants } from 'node:vm'
import { misuse } from '../errors/misuse-executors.ts'
import type { AnyFunction, Reference } from './reference.ts'
import { findDeclared, looksOf } from './remote.ts'

/** The functions that the other end of a link has named, made or loaded here when they are first called. */
export class FunctionTable {
  readonly #references = new Map<number, Reference>()
  readonly #functions = new Map<number, AnyFunction>()
  readonly #loading = new Map<number, Promise<AnyFunction>>()

  define(id: number, reference: Reference): void {
    this.#references.set(id, reference)
  }

  nameOf(id: number): string {
    return this.#references.get(id)?.name || 'an inline function'
  }

  /** The function, or the promise of it while its module is being loaded. */
  get(id: number): AnyFunction | Promise<AnyFunction> {
    const known = this.#functions.get(id) ?? this.#loading.get(id)
    if (known !== undefined) return known
    const found = loadFunction(this.#references.get(id) as Reference)
    if (typeof found === 'function') {
      this.#functions.set(id, found)
      return found
    }
    const loading = found.then(fn => {
      this.#functions.set(id, fn)
      return fn
    })
    // A module that could not be loaded may be mended: the next job tries again.
    loading.catch(() => this.#loading.delete(id))
    this.#loading.set(id, loading)
    return loading
  }
}

/** What a reference stands for in this thread. */
export function loadFunction(reference: Reference): AnyFunction | Promise<AnyFunction> {
  if (reference.kind === 'inline') return compile(reference.code, reference.name)
  const known = reference.kind === 'remote' ? findRemote(reference) : undefined
  return known ?? load(reference)
}

type Loaded = Exclude<Reference, { kind: 'inline' }>

async function load(reference: Loaded): Promise<AnyFunction> {
  const { url, name } = reference
  const module = await importModule(url, name || 'a function without a name')
  if (reference.kind === 'remote') {
    const found = findRemote(reference)
    if (found === undefined) throw misuse('remoteNotFound', name, url)
    return found
  }
  const found = module[name] ?? (module.default as Record<string, unknown> | undefined)?.[name]
  if (typeof found !== 'function') throw misuse('exportNotFound', name, url)
  return found as AnyFunction
}

async function importModule(url: string, name: string): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>
  } catch (error) {
    const failure = misuse('notLoadable', name, url, error instanceof Error ? error.message : String(error))
    failure.cause = error
    throw failure
  }
}

function findRemote(reference: Loaded): AnyFunction | undefined {
  if (reference.kind !== 'remote') return undefined
  const { url, name, nth, looks } = reference
  const found = findDeclared(url, name, nth) as AnyFunction | undefined
  if (found !== undefined && looks !== undefined && looksOf(found) !== looks)
    throw misuse('remoteChanged', `function ${nth + 1} without a name`, url)
  return found
}

/** An inline function's source is all there is to it; what it imports, it imports as from the working directory. */
function compile(code: string, name: string): AnyFunction {
  const make = compileFunction(`'use strict'; return ${code}`, [], {
    filename: join(process.cwd(), `inline function ${name || 'without a name'}`),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as () => AnyFunction
  return make()
}
