import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ownEntry, ownState } from '../own-files.ts'
import type { Transformed, TransformOptions } from '../transform/transform.ts'
import { Cache, type Made } from './cache.ts'
import type { Configuration } from './configuration.ts'
import { withoutTypes } from './strip-types.ts'

/** What a file is: as Node tells it, or, undefined, as its text does. */
export type Format = 'module' | 'commonjs'

export interface Source {
  readonly url: string
  readonly text: string
  readonly isTyped: boolean
  readonly format: Format | undefined
  /** Whether its top level is the main greenlet. */
  readonly isEntry: boolean
}

/** What is loaded in place of the text. */
export interface Compiled {
  readonly code: string
  readonly format: Format
}

/**
 * Makes of source text what Node is to load in its place. The transform and its parser are loaded when they are first
 * needed: not at all where everything is in the cache.
 */
export class Compiler {
  readonly #cache: Cache
  readonly #assume: Configuration['assume']
  readonly #require = createRequire(import.meta.url)

  constructor({ root, assume }: Configuration) {
    this.#cache = new Cache(root, `${process.version}\n${ownState()}`)
    this.#assume = assume
  }

  /** Undefined where the text is to be loaded as it is: it has a fault, of which Node tells better. */
  compile(source: Source): Compiled | undefined {
    const { url, text, isTyped, format, isEntry } = source
    const name = JSON.stringify([url, isTyped, format, isEntry, this.#assume])
    try {
      const kept = this.#cache.get(name, text, () => this.#make(source))
      // The first letter says what it is, the rest is the code.
      return { format: kept.startsWith('m') ? 'module' : 'commonjs', code: kept.slice(1) }
    } catch (error) {
      if (error instanceof Fault) return undefined
      throw error
    }
  }

  #make({ url, text, isTyped, format: told, isEntry }: Source): Made {
    const script = isTyped ? withoutTypes(text, url) : text
    if (script === undefined) throw new Fault()
    const { transform, hasModuleSyntax } = this.#transformer()
    const format = told ?? (hasModuleSyntax(script) ? 'module' : 'commonjs')
    const runtime = format === 'module' ? pathToFileURL(ownEntry('runtime')).href : ownEntry('runtime')
    const options = { filename: url, format, runtime, entry: isEntry, assume: this.#assume }
    const { code, map } = this.#transformed(transform, script, options)
    // The text itself is left out of the map: Node reads it from the file where it shows a line of it.
    const { sourcesContent: _, ...rest } = map
    return { code: `${format === 'module' ? 'm' : 'c'}${code}`, map: JSON.stringify(rest) }
  }

  #transformed(
    transform: (source: string, options: TransformOptions) => Transformed,
    script: string,
    options: TransformOptions & { format: Format },
  ): Transformed {
    try {
      return transform(script, options)
    } catch (error) {
      const path = fileURLToPath(options.filename)
      if (!(error instanceof SyntaxError))
        throw new Error(
          `plait-colorless failed on ${path}; until that is mended, "exclude" in package.json leaves the file out`,
          { cause: error },
        )
      if (!isRefused(script, options.format)) {
        const reason = error.message.split('\n')[0]
        process.emitWarning(`${reason}: the file is loaded as it is, so nothing in it can be suspended`)
      }
      throw new Fault()
    }
  }

  #transformer(): typeof import('../transformer.ts') {
    return this.#require(ownEntry('transformer')) as typeof import('../transformer.ts')
  }
}

/** The text is at fault. */
class Fault extends Error {}

/** Whether the engine refuses a text as well. */
function isRefused(script: string, format: Format): boolean {
  const flags = ['--check', `--input-type=${format}`, '-']
  const { NODE_OPTIONS: _, ...env } = process.env
  const { status } = spawnSync(process.execPath, flags, {
    input: script,
    stdio: ['pipe', 'ignore', 'ignore'],
    env,
  })
  return status !== 0
}
