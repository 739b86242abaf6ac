import type { AnyFunction } from '../../coroutine/twin.ts'
import { calledBack, type Form } from './cooperative.ts'

/** The forms of the blocking functions of `zlib`, by their names: every one has its asynchronous one beside it. */
export function zlibForms(zlib: object): Record<string, Form> {
  const functions = zlib as Readonly<Record<string, unknown>>
  const forms: Record<string, Form> = {}
  for (const name of Object.keys(functions)) {
    if (!name.endsWith('Sync')) continue
    const asynchronous = functions[name.slice(0, -'Sync'.length)]
    if (typeof asynchronous !== 'function') continue
    forms[name] = { begin: calledBack(asynchronous as AnyFunction, 2) }
  }
  return forms
}
