import { realpathSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Assumptions } from '../../src/transform/reach.ts'
import { transform } from '../../src/transform/transform.ts'
import { names } from './counting.ts'

/*
 * Transforms what is loaded from now on: the packages, and the program that drives one. Only the packages' functions are
 * counted. Transformed code takes its runtime from a module that no file holds, so that it has whatever names the runtime has.
 */

const HERE = import.meta.dirname
const PACKAGES = pathToFileURL(`${realpathSync(join(HERE, '../../../../node_modules'))}/`).href
const DRIVERS = pathToFileURL(`${join(HERE, 'drivers')}/`).href
const RUNTIME = join(HERE, 'runtime.mjs')
const RUNTIME_URL = pathToFileURL(RUNTIME).href

export interface TransformedSize {
  before: number
  after: number
}

/** Registers the hooks; what it gives grows with every module that is transformed. */
export function transformModules(assume: Partial<Assumptions>): TransformedSize {
  const size: TransformedSize = { before: 0, after: 0 }
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== RUNTIME) return next(specifier, context)
      return { url: RUNTIME_URL, format: 'module', shortCircuit: true }
    },
    load(url, context, next) {
      if (url === RUNTIME_URL) return { source: runtimeText(), format: 'module', shortCircuit: true }
      const loaded = next(url, context)
      const isPackage = url.startsWith(PACKAGES)
      const format = formatOf(url, loaded.format)
      if (loaded.source == null || format === undefined || !(isPackage || url.startsWith(DRIVERS)))
        return loaded
      const text = textOf(loaded.source)
      const source = loaded.format === 'module-typescript' ? stripTypeScriptTypes(text) : text
      const filename = fileURLToPath(url)
      const { code } = transform(source, { filename, format, runtime: RUNTIME, count: isPackage, assume })
      if (isPackage) {
        size.before += source.length
        size.after += code.length
      }
      return { source: code, format, shortCircuit: true }
    },
  })
  return size
}

/** What a file is required as has no format yet. */
function formatOf(url: string, told: string | null | undefined): 'commonjs' | 'module' | undefined {
  if (told === 'commonjs' || (told == null && /\.c?js$/.test(url))) return 'commonjs'
  return told === 'module' || told === 'module-typescript' ? 'module' : undefined
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source)
}

function runtimeText(): string {
  const from = JSON.stringify(pathToFileURL(join(HERE, 'counting.ts')).href)
  return `import { counted, forcedTwins } from ${from}\nexport { counted }\nexport const { ${names.join(', ')} } = forcedTwins\n`
}
