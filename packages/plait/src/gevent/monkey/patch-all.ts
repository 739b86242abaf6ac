import { misuse } from '../../errors/misuse-patching.ts'
import { show } from '../../errors/show.ts'
import {
  GeventDidPatchAllEvent,
  GeventDidPatchBuiltinModulesEvent,
  GeventWillPatchAllEvent,
  notify,
} from '../events.ts'
import { areas } from './areas.ts'
import { isHere, mayPatch, patchArea } from './patch-area.ts'
import { warn } from './warn.ts'

/** Which areas to patch: all but those that are `false`. */
export interface PatchAllOptions {
  /** The `*Sync` functions of `node:fs`. */
  fs?: boolean | undefined
  /** `execSync`, `execFileSync` and `spawnSync`. */
  childProcess?: boolean | undefined
  /** `Atomics.wait`. */
  atomics?: boolean | undefined
  /** The `*Sync` functions of `node:crypto`, and `randomBytes` and `randomInt` without a callback. */
  crypto?: boolean | undefined
  /** The `*Sync` functions of `node:zlib`. */
  zlib?: boolean | undefined
  /** The lookups of `node:dns`, called without a callback. */
  dns?: boolean | undefined
}

/** What `patchAll` was told so far. Areas that were wanted once are wanted. */
const settings = new Map<string, boolean>()

/**
 * Makes the blocking functions of Node.js cooperative: called in a greenlet they let the others run meanwhile, called
 * anywhere else they block as ever. What they give and throw is the same. Nothing is replaced, so that a module which took a
 * function before has it patched too; but code that the transform does not have calls it as ever, and blocks.
 *
 * Called again it patches what it has not, and never undoes anything.
 *
 * @returns false if a subscriber of `events` did not let it
 * @throws MisuseError for an option that there is not, and for one set to `true` of which there is no module here
 * @example
 * ```ts
 * import { monkey } from 'plait/gevent'
 * monkey.patchAll()
 * ```
 * @see gevent.monkey.patch_all
 */
export function patchAll(options: PatchAllOptions = {}): boolean {
  const wanted = settingsOf(options)
  const isAgain = settings.size > 0
  const isOther = Object.keys(areas).some(key => settings.get(key) !== wanted[key])
  const keys = Object.keys(areas).filter(
    key => !settings.has(key) || (settings.get(key) === false && wanted[key] === true),
  )
  const toPatch = Object.fromEntries(keys.map(key => [key, wanted[key] === true]))
  if (keys.length > 0 && !mayPatch(() => notify(new GeventWillPatchAllEvent(toPatch)))) return false
  for (const key of keys) settings.set(key, wanted[key] === true)
  if (isAgain && isOther) warnOfUnion()
  if (keys.length === 0) return true
  for (const key of keys) if (toPatch[key] === true) patchArea(key)
  notify(new GeventDidPatchBuiltinModulesEvent(toPatch))
  notify(new GeventDidPatchAllEvent(toPatch))
  return true
}

/** What each area is to be: of those that this host has not, only what is asked for by name. */
function settingsOf(options: PatchAllOptions): Record<string, boolean> {
  const given = options as Readonly<Record<string, unknown>>
  const known = Object.keys(areas)
  for (const [key, value] of Object.entries(given)) {
    if (!known.includes(key)) throw misuse('unknownArea', key, known)
    if (value !== undefined && typeof value !== 'boolean') throw misuse('areaNotBoolean', key, value)
  }
  const wanted: Record<string, boolean> = {}
  for (const key of known) wanted[key] = (given[key] as boolean | undefined) ?? isHere(key)
  return wanted
}

function warnOfUnion(): void {
  const patched = [...settings].filter(([, isWanted]) => isWanted).map(([key]) => show(key))
  warn(
    'PLAIT_PATCHED_AGAIN',
    `patchAll was called before, with other options: nothing is undone, and what is patched is what any call wanted, ${patched.join(', ')}`,
  )
}
