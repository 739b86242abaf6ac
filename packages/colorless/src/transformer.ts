import { parseSync } from 'oxc-parser'

export { transform } from './transform/transform.ts'

/** Whether a text can only be a module: it imports, exports, or awaits at its top level. */
export function hasModuleSyntax(source: string): boolean {
  return (
    parseSync('module.js', source, { lang: 'js', sourceType: 'unambiguous' }).program.sourceType === 'module'
  )
}
