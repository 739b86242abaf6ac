import { complaintOf, start, startWith } from './loader/start.ts'
import { ConfigurationError } from './options.ts'

const complaint = complaintOf(process.versions.node)
if (complaint !== undefined) fail(complaint)
try {
  start()
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error
  fail(error.message)
}

function fail(message: string): never {
  process.stderr.write(`plait-colorless: ${message}\n`)
  process.exit(1)
}

/** What `--import` takes: workers are started with it. */
export const registerUrl: string = import.meta.url

export { startWith }
