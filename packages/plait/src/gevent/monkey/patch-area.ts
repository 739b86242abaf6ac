import type { AnyFunction } from '../../coroutine/twin.ts'
import { misuse } from '../../errors/misuse-patching.ts'
import { DoNotPatch, GeventDidPatchModuleEvent, GeventWillPatchModuleEvent, notify } from '../events.ts'
import { type Area, areas } from './areas.ts'
import type { Form } from './cooperative.ts'
import { isNodes } from './is-nodes.ts'
import { seatOf, valueAt } from './module-names.ts'
import { hasOwnTwin, isPatched, patchItem } from './patched.ts'
import { warn } from './warn.ts'

/**
 * Patches what can be of an area. False if a subscriber did not let it.
 *
 * @throws MisuseError where there is no such module
 */
export function patchArea(key: string): boolean {
  const area = areas[key] as Area
  const module = area.find()
  if (module === undefined) throw misuse('noSuchModule', nameOf(area))
  const forms = area.forms(module as never)
  const known = Object.keys(forms).filter(name => typeof functionAt(module, name) === 'function')
  const names = [...known]
  if (!mayPatch(() => notify(new GeventWillPatchModuleEvent(area.module, module, names)))) return false
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) throw misuse('notPatchable', area.module, unknown, known)
  const replaced: string[] = []
  const frozen: string[] = []
  for (const name of names) {
    const fn = functionAt(module, name) as AnyFunction
    if (hasOwnTwin(fn)) continue
    if (!isPatched(fn) && !isNodes(area.module, fn)) replaced.push(name)
    else if (!isPatched(fn) && !Object.isExtensible(fn)) frozen.push(name)
    else patchItem(area.module, name, fn, forms[name] as Form)
  }
  if (replaced.length > 0) warnOfReplaced(area.module, replaced)
  if (frozen.length > 0) warnOfFrozen(area.module, frozen)
  notify(new GeventDidPatchModuleEvent(area.module, module))
  return true
}

/** Whether there is anything to patch here. */
export function isHere(key: string): boolean {
  return (areas[key] as Area).find() !== undefined
}

/** Tells what is going to be patched; false if a subscriber does not want it to be. */
export function mayPatch(tell: () => void): boolean {
  try {
    tell()
    return true
  } catch (error) {
    if (error instanceof DoNotPatch) return false
    throw error
  }
}

function nameOf({ module }: Area): string {
  return module === 'Atomics' ? module : `node:${module}`
}

function functionAt(module: object, name: string): AnyFunction | undefined {
  const seat = seatOf(module, name)
  return seat === undefined ? undefined : (valueAt(seat) as AnyFunction)
}

function warnOfReplaced(module: string, names: readonly string[]): void {
  warn(
    'PLAIT_REPLACED',
    `not patched, since another package has put functions of its own there, of which nobody knows how they wait: ${listed(module, names)}. ` +
      'What they block they block in greenlets too. Patch before that package is loaded, or let the colorless transform have it',
  )
}

function warnOfFrozen(module: string, names: readonly string[]): void {
  warn(
    'PLAIT_FROZEN',
    `not patched, since nothing can be added to what is frozen: ${listed(module, names)}. Patch before it is`,
  )
}

function listed(module: string, names: readonly string[]): string {
  return names.map(name => `${module}.${name}`).join(', ')
}
