import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import { build as buildWithEsbuild } from 'esbuild'
import { build as buildWithVite, createServer } from 'vite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { esbuild, vite } from '../../src/plugin.ts'
import { linesOf } from '../loader/program.ts'
import { linesAt, linesOfPage } from './chromium.ts'
import { SAID, sampleProject } from './sample.ts'

const options = { packages: ['deep-one'] }

interface Bundled {
  readonly code: string
  readonly map: { sources: string[]; mappings: string; sourcesContent?: (string | null)[] }
}

/** Bundles main.ts of a project into one module. */
type Bundle = (folder: string, isMinified: boolean, entry?: string[]) => Promise<Bundled>

const bundlers: [name: string, bundle: Bundle][] = [
  [
    'Vite',
    async (folder, isMinified, entry) => {
      await buildWithVite({
        root: folder,
        configFile: false,
        logLevel: 'silent',
        plugins: [vite({ ...options, entry })],
        build: {
          lib: { entry: join(folder, 'main.ts'), formats: ['es'], fileName: 'bundle' },
          minify: isMinified,
          sourcemap: true,
          target: 'es2024',
        },
      })
      return read(join(folder, 'dist'))
    },
  ],
  [
    'esbuild',
    async (folder, isMinified, entry) => {
      await buildWithEsbuild({
        absWorkingDir: folder,
        entryPoints: ['main.ts'],
        bundle: true,
        format: 'esm',
        outdir: 'dist',
        minify: isMinified,
        sourcemap: true,
        logLevel: 'silent',
        plugins: [esbuild({ ...options, entry })],
      })
      return read(join(folder, 'dist'))
    },
  ],
]

function read(folder: string): Bundled {
  const file = readdirSync(folder).find(name => name.endsWith('.js')) as string
  return {
    code: readFileSync(join(folder, file), 'utf8'),
    map: JSON.parse(readFileSync(join(folder, `${file}.map`), 'utf8')),
  }
}

async function linesInNode(folder: string, code: string): Promise<string[]> {
  writeFileSync(join(folder, 'bundled.mjs'), code)
  return await linesOf(folder, ['bundled.mjs'], { flags: [] })
}

describe.each(bundlers)('a bundle of %s', (_, bundle) => {
  test.each([
    ['as it is', false],
    ['minified', true],
  ])('%s does in a browser and in Node what the program does in Node', async (_, isMinified) => {
    const folder = sampleProject()
    const { code } = await bundle(folder, isMinified)
    const env = { PLAIT_COLORLESS_PACKAGES: 'deep-one' }
    expect(await linesOf(folder, ['main.ts'], { env })).toEqual(SAID)
    expect(await linesInNode(folder, code)).toEqual(SAID)
    expect(await linesOfPage(code)).toEqual(SAID)
  })

  test('has source maps that lead to the files as they were written', async () => {
    const folder = sampleProject()
    const { code, map } = await bundle(folder, false)
    const source = readFileSync(join(folder, 'main.ts'), 'utf8')
    const index = map.sources.findIndex(name => name.endsWith('main.ts'))
    expect(map.sourcesContent?.[index]).toBe(source)
    const places = code.split('\n').flatMap((line, n) => {
      const column = line.indexOf('RangeError("as it should")')
      if (column < 0) return []
      const { originalSource, originalLine } = new SourceMap(map as never).findEntry(n, column) as {
        originalSource: string
        originalLine: number
      }
      return [[originalSource.endsWith('main.ts'), originalLine]]
    })
    // The plain entry and the twin.
    const expected = source.split('\n').findIndex(line => line.includes('as it should'))
    expect(places).toEqual([
      [true, expected],
      [true, expected],
    ])
  })

  test('waits at the top level of the files that are named as entries', async () => {
    const folder = sampleProject({
      'main.ts':
        "import { sleep } from 'plait/greenlet'\nfunction pause(): string { sleep(1); return 'waited' }\nconsole.log(pause())\nconsole.log('end')\n",
    })
    const { code } = await bundle(folder, false, ['main.ts'])
    expect(await linesOfPage(code)).toEqual(['waited', 'end'])
  })
})

test('the server of Vite serves what the bundle would do, with one plait', async () => {
  const folder = sampleProject({
    'index.html':
      '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/main.ts"></script>',
  })
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [vite(options)],
    cacheDir: join(folder, '.vite'),
    server: { host: '127.0.0.1', port: 0, fs: { strict: false } },
  })
  onTestFinished(() => server.close())
  await server.listen()
  const [url = ''] = server.resolvedUrls?.local ?? []
  expect(await linesAt(url)).toEqual(SAID)
})

const PLAIN = 'export const f = (g: () => number): number => g()\n'

test.each([
  [
    'elements',
    'view.tsx',
    'export const view = <p/>',
    /view\.tsx: elements .*exclude: \["\*\*\/\*\.\{tsx,jsx\}"\]/,
  ],
  ['an enum', 'color.ts', 'export enum Color { Red }', /color\.ts: .*has to be compiled.*erasableSyntaxOnly/],
])('esbuild is told of %s, which we cannot compile', async (_, name, text, expected) => {
  const folder = sampleProject({ 'main.ts': `import './${name}'\n${PLAIN}`, [name]: text })
  const build = buildWithEsbuild({
    absWorkingDir: folder,
    entryPoints: ['main.ts'],
    bundle: true,
    write: false,
    logLevel: 'silent',
    plugins: [esbuild()],
  })
  await expect(build).rejects.toThrow(expected)
})

test('files that are excluded are left as they are, elements too', async () => {
  const folder = sampleProject({
    'main.ts': `import './view.tsx'\nimport './legacy/old.ts'\n${PLAIN}`,
    'view.tsx': 'console.log((<p/>) as unknown as string)',
    'legacy/old.ts': 'export const old = (g: () => number): number => g()\nconsole.log(old)',
  })
  const { outputFiles } = await buildWithEsbuild({
    absWorkingDir: folder,
    entryPoints: ['main.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'transform',
    external: ['plait'],
    plugins: [esbuild({ exclude: ['**/*.{tsx,jsx}', 'legacy'] })],
  })
  const text = outputFiles[0]?.text ?? ''
  expect(text).toMatch(/old = \(g\) => g\(\);\n/)
  expect(text).toMatch(/f = .*\$\$/)
})

test.each([
  [{ package: ['a'] }, /has no key "package": its keys are packages, exclude, assume, entry/],
  [{ packages: ['plait'] }, /names plait, which is never transformed/],
  [{ entry: 'main.ts' }, /entry must be a list of texts, and is "main\.ts"/],
])('options such as %j are refused with the mistake', (wrong, expected) => {
  expect(() => vite(wrong as never)).toThrow(expected)
})
