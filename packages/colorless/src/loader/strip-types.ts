import nodeModule from 'node:module'

/**
 * TypeScript without its types, each replaced by spaces, so that every position stays what it was. Undefined where that
 * cannot be done: Node says why when it loads the file as it is.
 *
 * @throws SyntaxError for syntax that has to be compiled, where Node would compile it: we cannot
 */
export function withoutTypes(text: string, url: string): string | undefined {
  try {
    return quietly(() => nodeModule.stripTypeScriptTypes(text, { mode: 'strip', sourceUrl: url }))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    if (process.features.typescript !== 'transform') return undefined
    error.message += `, and plait-colorless only leaves types out: write it in plain JavaScript ("erasableSyntaxOnly": true in tsconfig.json finds every such place)`
    throw error
  }
}

/** Node warns that the function may change; what there is to do about that is done here. */
function quietly<T>(body: () => T): T {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return body()
  } finally {
    process.emitWarning = emitWarning
  }
}
