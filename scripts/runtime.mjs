// Which Node the project's scripts run with. Plain JavaScript that an old Node (18 and later) can read, because
// on a fresh machine it is the old Node that has to install the new one.
import { execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

export const minimumNode = '22.18'

/** Whether a version such as "24.21.0" is at least `minimumNode`. */
export function isRecent(version) {
  const [major, minor] = version.split('.').map(Number)
  const [wantedMajor, wantedMinor] = minimumNode.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/**
 * The Node to use: the one in node_modules/.bin, which npm scripts find first as well, else the running one.
 * `undefined` where neither is recent enough.
 */
export function findNode() {
  const local = join(root, 'node_modules/.bin/node')
  const version = existsSync(local) ? versionOf(local) : undefined
  if (version !== undefined && isRecent(version)) return local
  return isRecent(process.versions.node) ? process.execPath : undefined
}

function versionOf(binary) {
  if (realpathSync(binary) === process.execPath) return process.versions.node
  try {
    const printed = execFileSync(binary, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return printed.trim().replace(/^v/, '')
  } catch {
    return undefined // made for another machine: the running Node decides
  }
}
