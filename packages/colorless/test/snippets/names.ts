import * as twins from '../../../plait/src/twins.ts'

/** What the runtime exports. */
export const names: readonly string[] = Object.keys(twins)
