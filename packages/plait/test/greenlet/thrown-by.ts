import { c0, give, S } from '../../src/twins.ts'
import type { Twin } from '../twins/by-hand.ts'

/** What a function throws that may wait, or a sentence for nothing. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return 'nothing was thrown'
}
give(thrownBy, function* (act: () => unknown): Twin<unknown> {
  try {
    if (c0(act) === S) (yield S)._result
  } catch (error) {
    return error
  }
  return 'nothing was thrown'
})
