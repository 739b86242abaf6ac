import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { lineSide } from './line-side.ts'
import type { Side } from './program.ts'

const serve = fileURLToPath(new URL('python/serve.py', import.meta.url))

/** Where Debian's python3-gevent is. */
export const debianPython = '/usr/bin/python3'

/** The version of gevent that the rules are those of. */
export const knownVersion = '22.10.2'

/** Whether this Python has gevent: undefined if it has, else what to do about it. */
export function whyNoGevent(python: string): string | undefined {
  const { stdout, status, error } = spawnSync(python, ['-c', 'import gevent; print(gevent.__version__)'], {
    encoding: 'utf8',
  })
  if (error !== undefined)
    return `there is no ${python}: name a Python that has gevent ${knownVersion} with --python`
  if (status !== 0) {
    return `${python} has no gevent: install Debian's python3-gevent (${knownVersion}), or name another Python with --python`
  }
  const version = stdout.trim()
  return version === knownVersion
    ? undefined
    : `${python} has gevent ${version}, and the traces are those of ${knownVersion}`
}

/** What runs programs on gevent, in a process of its own. */
export function startPython(python: string): Side {
  return lineSide('gevent', () => spawn(python, [serve], { stdio: ['pipe', 'pipe', 'pipe'] }))
}
