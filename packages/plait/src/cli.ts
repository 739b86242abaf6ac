#!/usr/bin/env node
// The check stands alone, in words that a Node of ten years ago can parse: what needs a newer one is loaded after it.
const LEAST: readonly [number, number] = [22, 18]
const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]

if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  process.stderr.write(
    `plait: Node ${process.versions.node} is too old, ${LEAST.join('.')} is the least: get a newer one at https://nodejs.org\n`,
  )
  process.exitCode = 1
} else {
  import('./cli/main.ts').then(({ main }) => main(process.argv.slice(2)))
}
