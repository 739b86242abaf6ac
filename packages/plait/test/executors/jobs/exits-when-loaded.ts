import { remote } from '../../../src/executors.ts'

export const fatal = remote(import.meta.url, function fatal(): void {})

process.exit(4)
