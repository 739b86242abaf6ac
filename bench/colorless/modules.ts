import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transform } from 'plait-colorless'

/** What the transform may take for granted; or nothing is transformed. */
export type Form = 'untransformed' | { readonly builtins: boolean; readonly closed: boolean }

/** Nothing taken for granted. */
export const careful: Form = { builtins: false, closed: false }

/** The built-ins and this module's own methods are as they were written. */
export const assuming: Form = { builtins: true, closed: true }

export interface Loaded<M> {
  readonly module: M
  /** Characters after the transform, by characters before. */
  readonly growth: number
}

/** Loads a module, with no others that it imports, in a form: a new instance for each form. */
export async function load<M>(url: string, form: Form): Promise<Loaded<M>> {
  const wanted = `${url}?${encodeURIComponent(JSON.stringify(form))}`
  let growth = 1
  const hooks = registerHooks({
    load(url, context, next) {
      if (url !== wanted || form === 'untransformed') return next(url, context)
      const filename = fileURLToPath(url)
      const source = readFileSync(filename, 'utf8')
      const { code } = transform(source, { filename, format: 'module', assume: form })
      growth = code.length / source.length
      return { source: code, format: 'module', shortCircuit: true }
    },
  })
  try {
    return { module: (await import(wanted)) as M, growth }
  } finally {
    hooks.deregister()
  }
}
