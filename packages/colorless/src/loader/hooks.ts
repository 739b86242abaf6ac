import nodeModule, {
  type LoadFnOutput,
  type LoadHookContext,
  type ResolveFnOutput,
  type ResolveHookContext,
} from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ownEntry } from '../own-files.ts'
import { Compiler, type Format } from './compile.ts'
import type { Configuration } from './configuration.ts'
import { NativeCommonjs } from './native-commonjs.ts'
import { Selection } from './selection.ts'

/** What Node calls the kinds of text that are transformed; undefined where the text itself tells. */
const KINDS: Readonly<Record<string, { format: Format | undefined; isTyped: boolean }>> = {
  module: { format: 'module', isTyped: false },
  commonjs: { format: 'commonjs', isTyped: false },
  'module-typescript': { format: 'module', isTyped: true },
  'commonjs-typescript': { format: 'commonjs', isTyped: true },
  typescript: { format: undefined, isTyped: true },
}
/** What a file of tests does comes after its top level: so that is not the main greenlet, with which all would end. */
const isTestFile = process.env.NODE_TEST_CONTEXT !== undefined
const UNTOLD = { format: undefined, isTyped: false }

/** The hooks of the loader, in this thread: which of its files are transformed, and how. */
export class Hooks {
  readonly #runtimeUrl = pathToFileURL(ownEntry('runtime')).href
  readonly #commonjs = NativeCommonjs.where(process.versions.node)
  #entryUrl: string | undefined
  #selection: Selection
  #compiler: Compiler
  #root: string

  constructor(configuration: Configuration) {
    this.#selection = new Selection(configuration)
    this.#compiler = new Compiler(configuration)
    this.#root = configuration.root
  }

  /** From now on with this; the program's first file is the one named. */
  restart(configuration: Configuration, entryUrl: string): void {
    this.#selection = new Selection(configuration)
    this.#compiler = new Compiler(configuration)
    this.#root = configuration.root
    this.#entryUrl = entryUrl
  }

  register(): void {
    nodeModule.registerHooks({
      resolve: (specifier, context, next) => this.#resolve(specifier, context, next),
      load: (url, context, next) => this.#load(url, context, next),
    })
  }

  #resolve(
    specifier: string,
    context: ResolveHookContext,
    next: (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput,
  ): ResolveFnOutput {
    if (context.parentURL === this.#runtimeUrl) return this.#resolveRuntime(specifier, context, next)
    const found = next(specifier, context)
    // What is loaded for nobody is the first file of the program.
    if (context.parentURL === undefined && !isTestFile) this.#entryUrl ??= found.url
    return found
  }

  /** The runtime is the program's own plait: another copy could not drive its waits. */
  #resolveRuntime(
    specifier: string,
    context: ResolveHookContext,
    next: (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput,
  ): ResolveFnOutput {
    try {
      return next(specifier, { ...context, parentURL: pathToFileURL(join(this.#root, 'package.json')).href })
    } catch {}
    try {
      return next(specifier, context)
    } catch (error) {
      throw new Error(
        `plait-colorless needs plait, which ${this.#root} does not find: npm install plait (${messageOf(error)})`,
        { cause: error },
      )
    }
  }

  #load(
    url: string,
    context: LoadHookContext,
    next: (url: string, context?: Partial<LoadHookContext>) => LoadFnOutput,
  ): LoadFnOutput {
    const loaded = next(url, context)
    const kind = KINDS[loaded.format ?? ''] ?? (loaded.format ? undefined : UNTOLD)
    if (kind === undefined || !url.startsWith('file:') || loaded.source == null) return loaded
    const path = fileURLToPath(url)
    if (!this.#selection.includes(path)) return loaded
    const isEntry = url === this.#entryUrl
    const compile = (source: string): string | undefined =>
      this.#compiler.compile({ url, text: withoutMark(source), ...kind, isEntry })?.code
    if (kind.format === 'commonjs' && this.#commonjs !== undefined && !context.conditions.includes('require'))
      return this.#commonjs.take(path, loaded, compile)
    const text =
      typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString()
    const compiled = this.#compiler.compile({ url, text: withoutMark(text), ...kind, isEntry })
    return compiled === undefined
      ? loaded
      : { format: compiled.format, source: compiled.code, shortCircuit: true }
  }
}

/** A byte order mark is no part of the text. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}
