import nodeModule, { type LoadFnOutput } from 'node:module'

/** What Node loads CommonJS with, of a module: no part of its public types. */
interface Compiling {
  _compile(this: unknown, content: string, filename: string, format?: string): unknown
}

/**
 * A CommonJS file that is imported, on Node 22. Given its text by a hook, that Node compiles it by itself, with a `require`
 * that knows neither the cache nor what is being loaded. Told nothing, it loads the file as ever; so that is what it is
 * told, and the text is replaced where it compiles it.
 */
export class NativeCommonjs {
  readonly #taken = new Map<string, (source: string) => string | undefined>()

  /** Undefined for a Node that needs none of this. */
  static where(version: string): NativeCommonjs | undefined {
    return Number.parseInt(version, 10) < 24 ? new NativeCommonjs() : undefined
  }

  private constructor() {
    const prototype = nodeModule.prototype as unknown as Compiling
    const compile = prototype._compile
    const taken = this.#taken
    prototype._compile = function _compile(content, filename, format) {
      const replace = taken.get(filename)
      taken.delete(filename)
      const code = replace?.(content)
      return code === undefined
        ? compile.call(this, content, filename, format)
        : compile.call(this, code, filename, 'commonjs')
    }
  }

  /** `compile` makes of the text what is to be compiled; undefined where that is the text as it is. */
  take(path: string, loaded: LoadFnOutput, compile: (source: string) => string | undefined): LoadFnOutput {
    this.#taken.set(path, compile)
    return { ...loaded, format: 'commonjs', source: null as never, shortCircuit: true }
  }
}
