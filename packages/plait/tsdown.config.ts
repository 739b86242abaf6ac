import { defineConfig } from 'tsdown'

/** One entry for each subpath of the package, and the command. What they share becomes chunks: there is one kernel. */
export default defineConfig({
  entry: [
    'src/index.ts',
    'src/coroutine.ts',
    'src/executors.ts',
    'src/gevent.ts',
    'src/greenlet.ts',
    'src/lowlevel.ts',
    'src/testing.ts',
    'src/twins.ts',
    'src/cli.ts',
  ],
  format: 'esm',
  target: 'node22', // has no `using` yet: compiled down
  platform: 'neutral', // the core runs in browsers too; only the command imports `node:` modules
  deps: { neverBundle: [/^node:/] },
  dts: { oxc: true, entry: ['src/*.ts', '!src/cli.ts'] },
  sourcemap: true,
  outputOptions: { chunkFileNames: 'chunks/[name]-[hash].js' },
})
