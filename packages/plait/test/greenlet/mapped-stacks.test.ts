import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

const program = `
import { run } from 'plait'
import { sleep } from 'plait/greenlet'
import { give } from 'plait/twins'

function main() {}
give(main, function* () {
  JSON.stringify({ toJSON: () => sleep(1) })
})
await run(main).catch(error => console.log(error.message))
`

test('what is in the way is told in the built package as well, over whose stacks a source map has gone', () => {
  const flags = ['--enable-source-maps', '--input-type=module', '--eval', program]
  const { stdout, stderr } = spawnSync(process.execPath, flags, { cwd: root, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^sleep\(…\) cannot suspend here: JSON\.stringify is in the way, called at/)
})
