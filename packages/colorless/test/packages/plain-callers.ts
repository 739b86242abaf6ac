import { basename } from 'node:path'
import { counts } from './counting.ts'

const SHOWN = 25
const DEPTH = 60

/**
 * Notes, for each call that is entered plainly, in what it stands: the outermost function that was, and who called that. Slow, for whoever
 * looks for what is in the way of twins. Gives those with the most calls beneath them.
 */
export function plainCallers(): () => string[] {
  const found = new Map<string, number>()
  counts.onPlain = () => {
    const key = outermost(callSites())
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  return () =>
    [...found]
      .sort(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([key, count]) => `${count} ${key}`)
}

function callSites(): NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error
  Error.stackTraceLimit = DEPTH
  Error.prepareStackTrace = (_error, sites) => sites
  const sites = new Error().stack as unknown as NodeJS.CallSite[]
  Error.stackTraceLimit = stackTraceLimit
  Error.prepareStackTrace = prepareStackTrace
  return sites.slice(4)
}

/** The functions from the outermost plain one to the call helper or the twin that called it. */
function outermost(sites: readonly NodeJS.CallSite[]): string {
  const end = sites.findIndex(isOfRuntime)
  const beneath = sites.slice(0, end === -1 ? undefined : end + 1)
  return beneath.slice(-4).map(show).join(' < ')
}

function isOfRuntime(site: NodeJS.CallSite): boolean {
  const file = site.getFileName() ?? ''
  return file.includes('/plait/src/') || file.endsWith('/snippets/forcing.ts')
}

function show(site: NodeJS.CallSite): string {
  const file = site.getFileName()
  return `${site.getFunctionName() ?? '(anonymous)'} ${file == null ? 'native' : basename(file)}:${site.getLineNumber()}`
}
