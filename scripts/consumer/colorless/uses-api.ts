// The other entries of plait-colorless, as a tool would use them.
import assert from 'node:assert/strict'
import { explain, transform } from 'plait-colorless'
import { esbuild, rolldown, rollup, vite, webpack } from 'plait-colorless/plugin'

const { code, map } = transform('export const f = g => g()', { filename: 'f.js' })
assert.match(code, /from ?"plait\/twins"/)
assert.deepEqual(map.sources, ['f.js'])

const answer = explain('Counter.add', { files: ['counter.ts'] })
assert.equal(answer.kind === 'found' && answer.functions[0]?.verdict, 'suspendable')

const plugins = [esbuild(), rolldown(), rollup(), vite(), webpack()]
assert.ok(plugins.every(plugin => typeof plugin === 'object'))
console.log('ok')
