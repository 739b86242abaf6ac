import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * Gives what is loaded here the plait that this file is of, whichever copy it would have found by itself, and even where
 * it would have found none. Two copies are two kernels, and neither can drive the other's waits.
 */
export function shareOwnKernel(): void {
  const fromSource = import.meta.url.endsWith('.ts')
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier !== 'plait' && !specifier.startsWith('plait/')) return nextResolve(specifier, context)
      const source = fromSource ? sourceOf(specifier) : undefined
      if (source !== undefined) return { url: source, format: 'module-typescript', shortCircuit: true }
      // Resolved as from in here, a package's own name leads to itself.
      return nextResolve(specifier, { ...context, parentURL: import.meta.url })
    },
  })
}

/** Run from its source, plait is not built, or built from another state of it. */
function sourceOf(specifier: string): string | undefined {
  const name = specifier === 'plait' ? 'index' : specifier.slice('plait/'.length)
  const urls = [`../../${name}.ts`, `../../${name}/index.ts`].map(path => new URL(path, import.meta.url))
  return urls.find(url => existsSync(fileURLToPath(url)))?.href
}
