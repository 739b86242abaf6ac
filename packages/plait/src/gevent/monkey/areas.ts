import { nodeModule } from '../../coroutine/node-module.ts'
import { atomicsForms } from './atomics-forms.ts'
import { childProcessForms } from './child-process-forms.ts'
import type { Form } from './cooperative.ts'
import { cryptoForms } from './crypto-forms.ts'
import { dnsForms } from './dns-forms.ts'
import { fsForms } from './fs-forms.ts'
import { zlibForms } from './zlib-forms.ts'

/** What is patched together: one module, or one object of the language's. */
export interface Area {
  /** The module's name, or the object's. */
  readonly module: string
  /** The module itself; undefined where there is none. */
  find(): object | undefined
  /** How the functions of the module go that can be patched, by their names in it. */
  forms(module: never): Record<string, Form>
}

const ofNode = (module: string, forms: Area['forms']): Area => ({
  module,
  find: () => nodeModule<object>(`node:${module}`),
  forms,
})

/** The areas, by what the options of `patchAll` call them. */
export const areas: Readonly<Record<string, Area>> = {
  fs: ofNode('fs', fsForms),
  childProcess: ofNode('child_process', childProcessForms),
  atomics: {
    module: 'Atomics',
    find: () => (globalThis as { Atomics?: object }).Atomics,
    forms: atomicsForms,
  },
  crypto: ofNode('crypto', cryptoForms),
  zlib: ofNode('zlib', zlibForms),
  dns: ofNode('dns', dnsForms),
}
