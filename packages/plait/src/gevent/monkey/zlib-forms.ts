import type { AnyFunction } from '../../coroutine/twin.ts'
import { type Begin, calledBack, type Form } from './cooperative.ts'

/** The forms of the blocking functions of `zlib`, by their names: every one has its asynchronous one beside it. */
export function zlibForms(zlib: object): Record<string, Form> {
  const functions = zlib as Readonly<Record<string, unknown>>
  const forms: Record<string, Form> = {}
  for (const name of Object.keys(functions)) {
    if (!name.endsWith('Sync')) continue
    const asynchronous = functions[name.slice(0, -'Sync'.length)]
    if (typeof asynchronous !== 'function') continue
    const begin = calledBack(asynchronous as AnyFunction, 2)
    forms[name] = { begin: name === 'zstdCompressSync' ? pledged(begin) : begin }
  }
  return forms
}

/** The blocking form of zstd knows how much there is, and writes it down in front; the other one does if it is told. */
function pledged(begin: Begin): Begin {
  return (self, [data, options], done) => {
    const size = sizeOf(data)
    const isSaid = size === undefined || !isOptions(options)
    return begin(self, [data, isSaid ? options : { pledgedSrcSize: size, ...options }], done)
  }
}

function isOptions(options: unknown): options is object | undefined {
  return options === undefined || (typeof options === 'object' && options !== null)
}

function sizeOf(data: unknown): number | undefined {
  if (typeof data === 'string') return Buffer.byteLength(data)
  return ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : undefined
}
