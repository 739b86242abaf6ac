import { remote } from '../../../src/executors.ts'

export const unreachable = remote(import.meta.url, function unreachable(): void {})

throw new RangeError('this module cannot be loaded')
