import nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const WAY_OUT =
  'plait-colorless only leaves types out: write it in plain JavaScript ("erasableSyntaxOnly": true in tsconfig.json ' +
  'finds every such place), or compile it first'

/**
 * TypeScript without its types, each replaced by spaces, so that every position stays what it was. Undefined where that
 * cannot be done: Node says why when it loads the file as it is.
 *
 * @throws SyntaxError for syntax that has to be compiled, where Node was told to compile it: we do not
 */
export function withoutTypes(text: string, url: string): string | undefined {
  try {
    return strip(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const { code } = error as NodeJS.ErrnoException
    if (process.features.typescript !== 'transform' || code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
      return undefined
    throw new SyntaxError(`${placeOf(text, url)}: ${error.message}, and ${WAY_OUT}`)
  }
}

/** Node tells the place only with a name for the text, and then adds that name to the text. */
function placeOf(text: string, url: string): string {
  const path = fileURLToPath(url)
  try {
    strip(text, url)
    return path
  } catch (error) {
    const [, line] = /^\S.*:(\d+)\n/.exec((error as Error).stack ?? '') ?? []
    return line === undefined ? path : `${path}:${line}`
  }
}

/** Node warns that the function may change; what there is to do about that is done here. */
function strip(text: string, sourceUrl?: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return nodeModule.stripTypeScriptTypes(text, {
      mode: 'strip',
      ...(sourceUrl === undefined ? {} : { sourceUrl }),
    })
  } finally {
    process.emitWarning = emitWarning
  }
}
