import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { withoutTypes } from '../loader/strip-types.ts'
import { type Transformed, transform } from '../transform/transform.ts'
import { RUNTIME } from './find-runtime.ts'
import type { PluginOptions } from './plugin-options.ts'

const SOURCE = /^\.[cm]?[jt]sx?$/
const TYPED = /^\.[cm]?ts$/
const WITH_ELEMENTS = /^\.[jt]sx$/

/** The file that a module of a bundler is, without what it adds to the path; undefined for what is no file with code. */
export function fileOf(id: string): string | undefined {
  const path = id.split('?', 1)[0] as string
  if (id.startsWith('\0') || !SOURCE.test(extname(path))) return undefined
  // Asked for as something else: as text, as an address, as a worker.
  return /[?&](?:raw|url|worker|sharedworker|inline)\b/.test(id.slice(path.length)) ? undefined : path
}

/**
 * Transforms a module that a bundler has.
 *
 * @param isCompiled whether something before us has made JavaScript of TypeScript and of elements
 * @throws SyntaxError with the place and the way out
 */
export function transformFile(
  code: string,
  path: string,
  isCompiled: boolean,
  isEntry: boolean,
  assume: PluginOptions['assume'],
): Transformed {
  const extension = extname(path)
  if (!isCompiled && WITH_ELEMENTS.test(extension))
    throw new SyntaxError(
      `${path}: elements (<a/>) have to be compiled before plait-colorless gets the file, which this bundler does only afterwards: ` +
        'keep functions that wait in .ts or .js files, and leave this one out: exclude: ["**/*.{tsx,jsx}"]',
    )
  const script = isCompiled || !TYPED.test(extension) ? code : withoutTypes(code, pathToFileURL(path).href)
  if (script === undefined)
    throw new SyntaxError(
      `${path}: it has a fault, or TypeScript that has to be compiled, and plait-colorless only leaves types out: ` +
        'write it in plain JavaScript ("erasableSyntaxOnly": true in tsconfig.json finds every such place)',
    )
  const transformed = transform(script, { filename: path, runtime: RUNTIME, entry: isEntry, assume })
  // Every place is where it was: the map leads to the text with its types.
  return script === code
    ? transformed
    : { ...transformed, map: { ...transformed.map, sourcesContent: [code] } }
}
