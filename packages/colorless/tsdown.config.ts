import { defineConfig } from 'tsdown'

/**
 * One entry for each subpath of the package, and two that are loaded by their files: the runtime of transformed code, and what is
 * loaded only where there is something to transform.
 */
export default defineConfig({
  entry: ['src/index.ts', 'src/plugin.ts', 'src/register.ts', 'src/runtime.ts', 'src/transformer.ts'],
  format: 'esm',
  target: 'node22',
  platform: 'node',
  fixedExtension: false, // .js, as in plait
  deps: { neverBundle: [/^node:/, /^plait(\/|$)/, 'oxc-parser', '@jridgewell/sourcemap-codec', 'unplugin'] },
  dts: { oxc: true, entry: ['src/index.ts', 'src/plugin.ts', 'src/register.ts'] },
  sourcemap: true,
  outputOptions: { chunkFileNames: 'chunks/[name]-[hash].js' },
})
