import { spawnSync } from 'node:child_process'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What kept a module from being loaded, in one line: the place, the fault and the way out. Undefined for an error
 * that the module itself threw, which is told with its stack like any other.
 */
export function describeLoadError(file: string, path: string, error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
      return (
        `${placeIn(error.stack) ?? file}: ${fault(error)}, and Node only leaves types out: ` +
        `write it in plain JavaScript ("erasableSyntaxOnly": true in tsconfig.json finds every such place), or compile it first`
      )
    case 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING':
      return `${file} cannot be loaded: ${error.message}: Node runs no TypeScript from node_modules, so compile that package first`
    case 'ERR_MODULE_NOT_FOUND':
    case 'ERR_PACKAGE_PATH_NOT_EXPORTED':
    case 'ERR_UNSUPPORTED_DIR_IMPORT':
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return `${file} cannot be loaded: ${error.message.split('\n')[0]}`
  }
  if (!(error instanceof SyntaxError)) return undefined
  const place = placeIn(error.stack)
  if (place !== undefined) return `${place}: ${error.message}`
  // One that the module's own code made, as JSON.parse does, was not made by the loader.
  if (!/^\s+at (compileSourceTextModule|wrapSafe) /m.test(error.stack ?? '')) return undefined
  return `${checkedPlace(path) ?? `${file}, or what it imports`}: ${error.message}`
}

/** "TypeScript enum is not supported in strip-only mode": Node's words for it, without the name of its mode. */
function fault(error: Error): string {
  return (
    error.message.split('\n')[0]?.replace(/ is not supported in strip-only mode$/, ' has to be compiled') ??
    ''
  )
}

/** Node puts the place of a syntax error before its stack, as "path:line". */
function placeIn(text: string | undefined): string | undefined {
  const [, url, line] = /^(\S.*):(\d+)\n/.exec(text ?? '') ?? []
  if (url === undefined || line === undefined) return undefined
  const path = relative(process.cwd(), url.startsWith('file:') ? fileURLToPath(url) : url)
  return `${path}:${line}`
}

/** Node keeps the place of a fault in JavaScript to itself, and prints it only where nobody catches: so ask another. */
function checkedPlace(path: string): string | undefined {
  const { stderr } = spawnSync(process.execPath, ['--check', path], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return placeIn(stderr)
}
