import { nativeStack } from '../../../plait/src/coroutine/native-stack.ts'
import * as twins from '../../../plait/src/twins.ts'
import { forcedTwins } from '../snippets/forcing.ts'

/** What the runtime exports. */
export const names: readonly string[] = Object.keys(twins)

export { forcedTwins }

/** Calls of functions that can reach a switch: `entered` by their twins, where they can be suspended; `plain` otherwise. */
export const counts: { entered: number; plain: number; onPlain: (() => void) | undefined } = {
  entered: 0,
  plain: 0,
  onPlain: undefined,
}

/** Called first thing by every such function. A twin that runs beneath a native frame cannot be suspended either. */
export function counted(how: 0 | 1): void {
  if (how === 1 && nativeStack.noSuspend === 0) {
    counts.entered += 1
    return
  }
  counts.plain += 1
  counts.onPlain?.()
}
