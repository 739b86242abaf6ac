import { nodeModule } from '../../coroutine/node-module.ts'

/** The name of a module as it is kept, without `node:`. */
export function plainName(moduleName: string): string {
  return moduleName.startsWith('node:') ? moduleName.slice('node:'.length) : moduleName
}

/** A module of Node.js, or `Atomics`; undefined where there is none of this name. */
export function findModule(moduleName: string): object | undefined {
  const name = plainName(moduleName)
  if (name === 'Atomics') return (globalThis as { Atomics?: object }).Atomics
  return nodeModule<object>(name) ?? nodeModule<object>(`node:${name}`)
}

/** Where in a module something of a dotted name is kept, as `realpathSync.native` is. */
export interface Seat {
  readonly owner: object
  readonly key: string
}

/** Undefined where there is nothing of the name. */
export function seatOf(module: object, itemName: string): Seat | undefined {
  const path = itemName.split('.')
  const key = path.pop() as string
  let owner: unknown = module
  for (const step of path) owner = (owner as Readonly<Record<string, unknown>>)[step] ?? undefined
  if (owner === undefined || owner === null || !(key in Object(owner))) return undefined
  return { owner: owner as object, key }
}

/** What is kept there now. */
export function valueAt({ owner, key }: Seat): unknown {
  return (owner as Readonly<Record<string, unknown>>)[key]
}
