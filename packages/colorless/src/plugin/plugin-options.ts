import { type ColorlessOptions, checkOptions, checkTexts } from '../options.ts'

/** As for the loader; paths start from the folder that the bundler runs in. */
export interface PluginOptions extends ColorlessOptions {
  /**
   * Files whose top level is the main greenlet, as paths, folders or patterns; else none. The bundle then waits at its top
   * level, so its format must be a module.
   */
  entry?: readonly string[] | undefined
}

export function checkPluginOptions(options: unknown): asserts options is PluginOptions {
  const where = 'plait-colorless/plugin: the options'
  checkOptions(options, where, ['entry'])
  const { entry } = options as PluginOptions
  if (entry !== undefined) checkTexts(entry, `${where}.entry`)
}
