import type { UnpluginInstance } from 'unplugin'
import { plugin } from './plugin/create-plugin.ts'
import type { PluginOptions } from './plugin/plugin-options.ts'

type Instance = UnpluginInstance<PluginOptions | undefined, false>

/**
 * The colorless transform as a plugin of Vite.
 *
 * @example
 * ```ts
 * export default defineConfig({ plugins: [colorless({ packages: ['marked'] })] })  // import { vite as colorless } from 'plait-colorless/plugin'
 * ```
 */
export const vite: Instance['vite'] = plugin.vite

/**
 * The colorless transform as a plugin of Rollup. One that makes JavaScript of TypeScript comes before it.
 *
 * @example
 * ```ts
 * export default { input: 'main.js', plugins: [colorless()] }
 * ```
 */
export const rollup: Instance['rollup'] = plugin.rollup

/**
 * The colorless transform as a plugin of Rolldown.
 *
 * @example
 * ```ts
 * await rolldown({ input: 'main.ts', plugins: [colorless()] })
 * ```
 */
export const rolldown: Instance['rolldown'] = plugin.rolldown

/**
 * The colorless transform as a plugin of esbuild.
 *
 * @example
 * ```ts
 * await build({ entryPoints: ['main.ts'], bundle: true, format: 'esm', plugins: [colorless()] })
 * ```
 */
export const esbuild: Instance['esbuild'] = plugin.esbuild

/**
 * The colorless transform as a plugin of webpack. A loader that makes JavaScript of TypeScript comes before it.
 *
 * @example
 * ```ts
 * export default { entry: './main.js', plugins: [colorless()] }
 * ```
 */
export const webpack: Instance['webpack'] = plugin.webpack

export type { PluginOptions }
