// Writes the public surface of the package down, for public-surface.test.ts to compare with.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { surfaces, surfaceText } from './public-surface.ts'

const root = join(import.meta.dirname, '../..')
const all = surfaces(join(root, 'packages/plait'), join(root, 'node_modules/.bin/tsc'))
writeFileSync(join(import.meta.dirname, 'public-surface.txt'), surfaceText(all))
